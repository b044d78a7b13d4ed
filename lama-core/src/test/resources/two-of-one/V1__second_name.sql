CREATE TABLE lama.a (x int);
