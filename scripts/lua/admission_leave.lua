-- Gives back the place of an open that has its answer.
-- KEYS[1]  sorted set of the places taken: entry -> when its lease ends, milliseconds by this server
-- ARGV[1]  entry whose place it was
-- Returns  {1, places taken} = given back
--          {0, places taken} = it had none any more: the lease had ended, or it left before
-- One script, because the count that is returned must be that of the same moment.
local places_key = KEYS[1]
local entry = ARGV[1]

local removed = redis.call("ZREM", places_key, entry)
return {removed, redis.call("ZCARD", places_key)}
