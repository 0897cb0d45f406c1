<?php
/**
 * What PHP Commerce makes of a link to set a password, by the instance's own env.php and the account's
 * row: "accepted", or why not. Asked at several moments at once, one answer a line.
 *
 * Usage: php reset_link.php ROOT LINK HOURS SECOND…
 */

declare(strict_types=1);

[, $root, $link, $hours] = $argv;
date_default_timezone_set('UTC');
$env = include "$root/app/etc/env.php";
$connection = $env['db']['connection']['default'];
$prefix = $env['db']['table_prefix'];

$decrypt = static function (string $sealed) use ($env): string {
    [$version, $cipher, $encoded] = explode(':', $sealed, 3);
    $keys = preg_split('/\s+/s', trim($env['crypt']['key']));
    $key = $keys[(int) $version];
    if (str_starts_with($key, 'base64')) {
        $key = base64_decode(substr($key, 6));
    }
    if ($cipher !== '3' || (int) $version !== count($keys) - 1) {
        throw new RuntimeException("not written as today: $version:$cipher");
    }
    $bytes = base64_decode($encoded, true);
    $nonce = substr($bytes, 0, SODIUM_CRYPTO_AEAD_CHACHA20POLY1305_IETF_NPUBBYTES);
    $plain = sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($bytes, strlen($nonce)), $nonce, $nonce, $key);
    return $plain === false ? '' : trim($plain);
};

$path = parse_url($link, PHP_URL_PATH);
parse_str((string) parse_url($link, PHP_URL_QUERY), $query);
$expected = '/' . $env['backend']['frontName'] . '/admin/auth/resetpassword';
if (rtrim($path, '/') !== $expected || !ctype_digit($query['id'] ?? '') || !is_string($query['token'] ?? null)) {
    exit("no such page\n");
}

[$host, $port] = explode(':', $connection['host'] . ':3306');
$pdo = new PDO("mysql:host=$host;port=$port;dbname={$connection['dbname']}", $connection['username'], $connection['password']);
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$statement = $pdo->prepare("SELECT rp_token, rp_token_created_at FROM `{$prefix}admin_user` WHERE user_id = ?");
$statement->execute([(int) $query['id']]);
$row = $statement->fetch(PDO::FETCH_ASSOC);
if ($row === false || $row['rp_token'] === null) {
    exit("no token\n");
}
$is_same = hash_equals($decrypt($row['rp_token']), $query['token']);
foreach (array_slice($argv, 4) as $now) {
    $age = (int) $now - strtotime($row['rp_token_created_at']);
    $is_expired = $age < 0 || floor($age / 3600) >= (int) $hours;
    echo $is_same ? ($is_expired ? 'expired' : 'accepted') : 'another token', "\n";
}
