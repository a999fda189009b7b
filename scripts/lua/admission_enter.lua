-- Gives one of a packet's places to an open that is under way, when one is free.
-- KEYS[1]  sorted set of the places taken: entry -> when its lease ends, milliseconds by this server
-- ARGV[1]  entry that asks for a place; never used before
-- ARGV[2]  places that the packet has
-- ARGV[3]  length of the lease, milliseconds
-- Returns  {1, places taken, 0} = let in
--          {0, places taken, milliseconds until the first lease ends} = full
-- One script, because between a count and an add as two calls other nodes could take the same place.
-- Time is this server's own, so that nodes whose clocks disagree count the same leases.
local places_key = KEYS[1]
local entry = ARGV[1]
local places_max = tonumber(ARGV[2])
local lease_ms = tonumber(ARGV[3])

local time = redis.call("TIME")
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)

-- The places of a node that died, or whose word was lost, come back here.
redis.call("ZREMRANGEBYSCORE", places_key, "-inf", now_ms)
local taken = redis.call("ZCARD", places_key)
if taken >= places_max then
  local first = redis.call("ZRANGE", places_key, 0, 0, "WITHSCORES")
  return {0, taken, first[2] and tonumber(first[2]) - now_ms or lease_ms}
end
redis.call("ZADD", places_key, now_ms + lease_ms, entry)
redis.call("PEXPIRE", places_key, lease_ms)
return {1, taken + 1, 0}
