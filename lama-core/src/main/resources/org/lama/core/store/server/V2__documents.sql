-- Texts beside the records, such as what happened to instruments.
CREATE TABLE lama.documents (
  name text PRIMARY KEY CHECK (name ~ '^[a-z]{1,40}$'),
  content text NOT NULL
);
