//! What the server does in one step. `KEYS[1]` is the prefix of all keys of the instance; every
//! script can run twice, since an answer may be lost with its connection.

/// Put before each script.
pub(super) const SHARED: &str = "
local function session(digest) return KEYS[1] .. 'session:' .. digest end
local function indexes(admin) return { KEYS[1] .. 'admin:' .. admin, KEYS[1] .. 'sessions' } end
local function open(digest)
    local fields = redis.call('HMGET', session(digest), 'admin', 'ended')
    return not fields[2] and fields[1]
end
local function list(admin, digest, forget_at, ttl)
    for _, index in ipairs(indexes(admin)) do
        redis.call('ZADD', index, forget_at, digest)
        if redis.call('TTL', index) < tonumber(ttl) then redis.call('EXPIRE', index, ttl) end
    end
end
local function unlist(admin, digest)
    for _, index in ipairs(indexes(admin)) do redis.call('ZREM', index, digest) end
end
local function finish(digest, reason)
    local admin = open(digest)
    if not admin then return 0 end
    redis.call('HSET', session(digest), 'ended', reason)
    unlist(admin, digest)
    return 1
end
local function delete(digest)
    local admin = redis.call('HGET', session(digest), 'admin')
    if admin then unlist(admin, digest) end
    redis.call('ZREM', KEYS[1] .. 'sessions', digest)
    return redis.call('DEL', session(digest))
end
";

/// Digest, second from which it is forgotten, seconds until then, reason to end the admin's others
/// with or nothing, fields. Answers how many were ended.
pub(super) const CREATE: &str = "
redis.call('HSET', session(ARGV[1]), unpack(ARGV, 5))
redis.call('EXPIRE', session(ARGV[1]), ARGV[3])
local admin, count = open(ARGV[1]), 0
if not admin then return count end
if ARGV[4] ~= '' then
    for _, digest in ipairs(redis.call('ZRANGE', KEYS[1] .. 'admin:' .. admin, 0, -1)) do
        if digest ~= ARGV[1] then count = count + finish(digest, ARGV[4]) end
    end
end
list(admin, ARGV[1], ARGV[2], ARGV[3])
return count
";

/// Digest, second from which it is forgotten, seconds until then, second of the use.
pub(super) const TOUCH: &str = "
local admin = open(ARGV[1])
if not admin then return end
redis.call('HSET', session(ARGV[1]), 'last_seen_at', ARGV[4])
redis.call('EXPIRE', session(ARGV[1]), ARGV[3])
list(admin, ARGV[1], ARGV[2], ARGV[3])
";

/// Old digest, new digest. That the new one is there already means that this ran before.
pub(super) const ROTATE: &str = "
if redis.call('EXISTS', session(ARGV[2])) == 1 then return 1 end
local admin = open(ARGV[1])
if not admin then return 0 end
local forget_at = redis.call('ZSCORE', KEYS[1] .. 'sessions', ARGV[1])
redis.call('RENAME', session(ARGV[1]), session(ARGV[2]))
unlist(admin, ARGV[1])
list(admin, ARGV[2], forget_at or 0, redis.call('TTL', session(ARGV[2])))
return 1
";

/// Reason, digests. Answers how many were not over yet.
pub(super) const END: &str = "
local count = 0
for i = 2, #ARGV do count = count + finish(ARGV[i], ARGV[1]) end
return count
";

/// Digest. Answers whether it was there.
pub(super) const DELETE: &str = "return delete(ARGV[1])";

/// Second of now, limit. Answers how many were forgotten.
pub(super) const FORGET: &str = "
local all = KEYS[1] .. 'sessions'
local old = redis.call('ZRANGEBYSCORE', all, '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, digest in ipairs(old) do delete(digest) end
return #old
";

/// Epoch that holds. Answers how many sessions of earlier ones were there.
pub(super) const DELETE_EARLIER: &str = "
local count = 0
for _, digest in ipairs(redis.call('ZRANGE', KEYS[1] .. 'sessions', 0, -1)) do
    local epoch = redis.call('HGET', session(digest), 'epoch')
    if not epoch or tonumber(epoch) < tonumber(ARGV[1]) then count = count + delete(digest) end
end
return count
";
