-- Texts beside the records, such as what happened to instruments.
CREATE TABLE lama.documents (
  name text PRIMARY KEY CHECK (name ~ '^[a-z]{1,40}$'),
  content text NOT NULL
);

-- Whether a row has all values of another one that has any: a value that is missing there says nothing.
CREATE FUNCTION lama.covers(old anyarray, fresh anyarray) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT fresh IS NULL OR old IS NOT DISTINCT FROM fresh OR NOT EXISTS (
    SELECT FROM unnest(fresh) WITH ORDINALITY AS given(value, place)
    WHERE given.value IS NOT NULL AND old[given.place::int] IS DISTINCT FROM given.value)
$$;
