-- Market records, one table for each kind, in the schema lama.
-- ts holds whole microseconds and ns_rem the nanoseconds left, so no time is rounded. symbol is the canonical
-- instrument id. revision counts the versions of one row. available is UTC epoch nanoseconds; null means: known at its
-- time (bars: at their close). Columns that only some writers have stand in the arrays; lama.series_columns names them.

CREATE SCHEMA IF NOT EXISTS lama;

CREATE TABLE lama.layout (
  table_name text PRIMARY KEY,
  bucket text NOT NULL CHECK (bucket IN ('day', 'month', 'year')),
  hypertable boolean NOT NULL
);
COMMENT ON TABLE lama.layout IS 'How each table of records is cut by time, and whether TimescaleDB does it.';

CREATE TABLE lama.series (
  series integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_name text NOT NULL REFERENCES lama.layout,
  symbol text COLLATE "C" NOT NULL CHECK (symbol ~ '^[A-Z0-9][A-Z0-9_%]*\.[A-Z]+\.[A-Z0-9][A-Z0-9._%-]*$' AND length(symbol) <= 80),
  bar_seconds bigint NOT NULL DEFAULT 0 CHECK (bar_seconds >= 0),
  UNIQUE (table_name, symbol, bar_seconds)
);

CREATE TABLE lama.series_buckets (
  series integer NOT NULL REFERENCES lama.series,
  bucket date NOT NULL,
  rows bigint NOT NULL CHECK (rows > 0),
  from_nanos bigint NOT NULL,
  to_nanos bigint NOT NULL CHECK (to_nanos >= from_nanos),
  PRIMARY KEY (series, bucket)
);
COMMENT ON TABLE lama.series_buckets IS 'What each series has in each bucket: written in the transaction that writes the rows.';

CREATE TABLE lama.series_columns (
  series integer NOT NULL REFERENCES lama.series,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('TIME', 'LONG', 'DOUBLE', 'TEXT')),
  place integer NOT NULL CHECK (place >= 0),
  met integer GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (series, name, kind)
);
COMMENT ON TABLE lama.series_columns IS 'Columns a series was written with; place 0: a column of the table, else the place (from 1) in numbers, wholes or texts.';

CREATE TABLE lama.series_origins (
  series integer NOT NULL REFERENCES lama.series,
  place integer GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('EXCHANGE', 'HISTORICAL', 'VENDOR', 'SYNTHETIC')),
  source text NOT NULL,
  sha256 text NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (series, kind, source, sha256, note)
);

-- Is TimescaleDB there and usable? A server that lists it but cannot load it gets native partitions.
CREATE FUNCTION lama.use_timescale() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb') THEN
    RETURN false;
  END IF;
  BEGIN
    EXECUTE 'CREATE EXTENSION IF NOT EXISTS timescaledb';
    RETURN true;
  EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'timescaledb is there but not usable (%): native partitions', SQLERRM;
    RETURN false;
  END;
END $$;

CREATE FUNCTION lama.make_table(name text, cut text, columns text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  hyper boolean := lama.use_timescale();
  body text := format(
    'CREATE TABLE lama.%I ('
    'ts timestamptz NOT NULL, '
    'symbol text COLLATE "C" NOT NULL, '
    '%s'
    'seq bigint NOT NULL DEFAULT 0, '
    'ns_rem smallint NOT NULL DEFAULT 0 CHECK (ns_rem BETWEEN 0 AND 999), '
    '%s'
    'revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0), '
    'available bigint, '
    'numbers double precision[], wholes bigint[], texts text[], '
    'PRIMARY KEY (symbol, %sts, ns_rem, seq, revision))',
    name,
    CASE name WHEN 'bars' THEN 'bar_seconds bigint NOT NULL CHECK (bar_seconds > 0), ' ELSE '' END,
    columns,
    CASE name WHEN 'bars' THEN 'bar_seconds, ' ELSE '' END);
BEGIN
  IF hyper THEN
    EXECUTE body;
    EXECUTE format('SELECT create_hypertable(%L, %L, chunk_time_interval => interval %L, create_default_indexes => false)',
                   'lama.' || quote_ident(name), 'ts', '1 ' || cut);
  ELSE
    EXECUTE body || ' PARTITION BY RANGE (ts)';
  END IF;
  INSERT INTO lama.layout VALUES (name, cut, hyper);
END $$;

SELECT lama.make_table('bars', 'month',
  'open double precision NOT NULL CHECK (open > 0 AND open < ''Infinity''), '
  'high double precision NOT NULL CHECK (high > 0 AND high < ''Infinity''), '
  'low double precision NOT NULL CHECK (low > 0 AND low < ''Infinity''), '
  'close double precision NOT NULL CHECK (close > 0 AND close < ''Infinity''), '
  'volume double precision CHECK (volume >= 0 AND volume < ''Infinity''), '
  'quote_volume double precision CHECK (quote_volume >= 0 AND quote_volume < ''Infinity''), '
  'trades double precision CHECK (trades >= 0 AND trades < ''Infinity''), '
  'taker_buy_volume double precision CHECK (taker_buy_volume >= 0 AND taker_buy_volume < ''Infinity''), ');

SELECT lama.make_table('ticks', 'day',
  'price double precision NOT NULL CHECK (price > 0 AND price < ''Infinity''), '
  'size double precision NOT NULL CHECK (size >= 0 AND size < ''Infinity''), '
  'side smallint NOT NULL CHECK (side IN (-1, 0, 1)), ');

SELECT lama.make_table('book_updates', 'day',
  'side smallint NOT NULL CHECK (side IN (0, 1)), '
  'price double precision NOT NULL CHECK (price > 0 AND price < ''Infinity''), '
  'size double precision NOT NULL CHECK (size >= 0 AND size < ''Infinity''), '
  'first_update bigint, last_update bigint, previous_update bigint, ');

SELECT lama.make_table('book_snapshots', 'day',
  'side smallint NOT NULL CHECK (side IN (0, 1)), '
  'level integer NOT NULL CHECK (level >= 0), '
  'price double precision NOT NULL CHECK (price > 0 AND price < ''Infinity''), '
  'size double precision NOT NULL CHECK (size >= 0 AND size < ''Infinity''), '
  'last_update bigint, ');

SELECT lama.make_table('quotes', 'day',
  'bid double precision NOT NULL CHECK (bid > 0 AND bid < ''Infinity''), '
  'bid_size double precision NOT NULL CHECK (bid_size >= 0 AND bid_size < ''Infinity''), '
  'ask double precision NOT NULL CHECK (ask > 0 AND ask < ''Infinity''), '
  'ask_size double precision NOT NULL CHECK (ask_size >= 0 AND ask_size < ''Infinity''), ');

SELECT lama.make_table('funding', 'year',
  'rate double precision NOT NULL CHECK (rate > ''-Infinity'' AND rate < ''Infinity''), '
  'mark_price double precision CHECK (mark_price > 0 AND mark_price < ''Infinity''), '
  'interval_hours double precision CHECK (interval_hours > 0 AND interval_hours < ''Infinity''), ');

SELECT lama.make_table('open_interest', 'year',
  'open_interest double precision NOT NULL CHECK (open_interest >= 0 AND open_interest < ''Infinity''), '
  'open_interest_value double precision CHECK (open_interest_value >= 0 AND open_interest_value < ''Infinity''), ');

SELECT lama.make_table('option_quotes', 'day',
  'bid double precision CHECK (bid >= 0 AND bid < ''Infinity''), '
  'ask double precision CHECK (ask >= 0 AND ask < ''Infinity''), '
  'mark double precision CHECK (mark >= 0 AND mark < ''Infinity''), '
  'last double precision CHECK (last >= 0 AND last < ''Infinity''), '
  'bid_iv double precision, ask_iv double precision, mark_iv double precision, '
  'delta double precision, gamma double precision, vega double precision, theta double precision, '
  'rho double precision, '
  'underlying double precision CHECK (underlying > 0 AND underlying < ''Infinity''), '
  'open_interest double precision CHECK (open_interest >= 0 AND open_interest < ''Infinity''), '
  'volume double precision CHECK (volume >= 0 AND volume < ''Infinity''), ');

SELECT lama.make_table('pools', 'month',
  'block bigint, '
  'tvl double precision, volume double precision, fees double precision, liquidity double precision, '
  'sqrt_price double precision, tick double precision, reserve_base double precision, '
  'reserve_quote double precision, ');

SELECT lama.make_table('metrics', 'year', '');

-- Makes the partition that a time falls into; nothing to do for hypertables. Made beside the table and then attached,
-- because that waits for no reader and stops none.
CREATE FUNCTION lama.ensure_partition(name text, day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  known lama.layout%ROWTYPE;
  first timestamp;
  part text;
BEGIN
  SELECT * INTO STRICT known FROM lama.layout WHERE table_name = name;
  IF known.hypertable THEN
    RETURN;
  END IF;
  first := date_trunc(known.bucket, day::timestamp);
  part := name || '_' || to_char(first, 'YYYYMMDD');
  IF to_regclass(format('lama.%I', part)) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('lama.partition'), hashtext(name));
  IF to_regclass(format('lama.%I', part)) IS NOT NULL THEN
    RETURN;
  END IF;
  BEGIN
    EXECUTE format('CREATE TABLE lama.%I (LIKE lama.%I INCLUDING ALL)', part, name);
    EXECUTE format('ALTER TABLE lama.%I ATTACH PARTITION lama.%I FOR VALUES FROM (%L) TO (%L)', name, part,
                   to_char(first, 'YYYY-MM-DD') || ' 00:00:00+00',
                   to_char(first + ('1 ' || known.bucket)::interval, 'YYYY-MM-DD') || ' 00:00:00+00');
  EXCEPTION WHEN duplicate_table THEN
    -- made and committed by whoever held the lock; the look above may still see the catalogue as it was before
    RETURN;
  END;
END $$;

-- When a row is known (bar_seconds 0 for all but bars): UTC epoch nanoseconds.
CREATE FUNCTION lama.known_at(ts timestamptz, ns_rem smallint, bar_seconds bigint, available bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(available, (extract(epoch FROM ts) * 1000000)::bigint * 1000 + ns_rem + bar_seconds * 1000000000)
$$;
