<?php
/**
 * Makes what an existing shop's database looks like: Commerce's tables with the statements that
 * Commerce 2.4.6 sends to MariaDB, further tables that are none of Postern's business, and rows
 * as PHP writes them.
 *
 * Usage: php commerce_database.php HOST:PORT DATABASE PREFIX
 */

declare(strict_types=1);

[, $server, $database, $prefix] = $argv;
[$host, $port] = explode(':', $server);
$pdo = new PDO(
    "mysql:host=$host;port=$port;dbname=$database;charset=utf8mb4",
    'root',
    '',
    [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_EMULATE_PREPARES => false]
);
// Commerce's own first statements on every connection.
$pdo->exec("SET SQL_MODE=''");
$pdo->exec("SET time_zone = '+00:00'");

$options = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci';

// `@` stands for the prefix in table names, `^` for the same in the names of keys.
$tables = <<<SQL
CREATE TABLE `@setup_module` (
  `module` varchar(50) NOT NULL COMMENT 'Module',
  `schema_version` varchar(50) DEFAULT NULL COMMENT 'Schema Version',
  `data_version` varchar(50) DEFAULT NULL COMMENT 'Data Version',
  PRIMARY KEY (`module`)
) COMMENT='Module versions registry';
CREATE TABLE `@session` (
  `session_id` varchar(255) NOT NULL COMMENT 'Session Id',
  `session_expires` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Date of Session Expiration',
  `session_data` mediumblob NOT NULL COMMENT 'Session Data',
  PRIMARY KEY (`session_id`)
) COMMENT='Database Sessions Storage';
CREATE TABLE `@cache` (
  `id` varchar(200) NOT NULL COMMENT 'Cache Id',
  `data` mediumblob DEFAULT NULL COMMENT 'Cache Data',
  `create_time` int(11) DEFAULT NULL COMMENT 'Cache Creation Time',
  `update_time` int(11) DEFAULT NULL COMMENT 'Time of Cache Updating',
  `expire_time` int(11) DEFAULT NULL COMMENT 'Cache Expiration Time',
  PRIMARY KEY (`id`),
  KEY `^CACHE_EXPIRE_TIME` (`expire_time`)
) COMMENT='Caches';
CREATE TABLE `@cache_tag` (
  `tag` varchar(100) NOT NULL COMMENT 'Tag',
  `cache_id` varchar(200) NOT NULL COMMENT 'Cache Id',
  PRIMARY KEY (`tag`,`cache_id`),
  KEY `^CACHE_TAG_CACHE_ID` (`cache_id`)
) COMMENT='Tag Caches';
CREATE TABLE `@flag` (
  `flag_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Flag Id',
  `flag_code` varchar(255) NOT NULL COMMENT 'Flag Code',
  `state` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Flag State',
  `flag_data` mediumtext DEFAULT NULL COMMENT 'Flag Data',
  `last_update` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'Date of Last Flag Update',
  PRIMARY KEY (`flag_id`),
  KEY `^FLAG_LAST_UPDATE` (`last_update`)
) COMMENT='Flag';
CREATE TABLE `@store_website` (
  `website_id` smallint(5) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Website ID',
  `code` varchar(32) DEFAULT NULL COMMENT 'Code',
  `name` varchar(64) DEFAULT NULL COMMENT 'Website Name',
  `sort_order` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Sort Order',
  `default_group_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Default Group ID',
  `is_default` smallint(5) unsigned DEFAULT 0 COMMENT 'Defines Is Website Default',
  PRIMARY KEY (`website_id`),
  UNIQUE KEY `^STORE_WEBSITE_CODE` (`code`),
  KEY `^STORE_WEBSITE_SORT_ORDER` (`sort_order`),
  KEY `^STORE_WEBSITE_DEFAULT_GROUP_ID` (`default_group_id`)
) COMMENT='Websites';
CREATE TABLE `@store_group` (
  `group_id` smallint(5) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Group ID',
  `website_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Website ID',
  `name` varchar(255) NOT NULL COMMENT 'Store Group Name',
  `root_category_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Root Category ID',
  `default_store_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Default Store ID',
  `code` varchar(32) DEFAULT NULL COMMENT 'Store group unique code',
  PRIMARY KEY (`group_id`),
  UNIQUE KEY `^STORE_GROUP_CODE` (`code`),
  KEY `^STORE_GROUP_WEBSITE_ID` (`website_id`),
  KEY `^STORE_GROUP_DEFAULT_STORE_ID` (`default_store_id`),
  CONSTRAINT `^STORE_GROUP_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID` FOREIGN KEY (`website_id`) REFERENCES `@store_website` (`website_id`) ON DELETE CASCADE
) COMMENT='Store Groups';
CREATE TABLE `@store` (
  `store_id` smallint(5) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Store ID',
  `code` varchar(32) DEFAULT NULL COMMENT 'Code',
  `website_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Website ID',
  `group_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Group ID',
  `name` varchar(255) NOT NULL COMMENT 'Store Name',
  `sort_order` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Store Sort Order',
  `is_active` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Store Activity',
  PRIMARY KEY (`store_id`),
  UNIQUE KEY `^STORE_CODE` (`code`),
  KEY `^STORE_WEBSITE_ID` (`website_id`),
  KEY `^STORE_IS_ACTIVE_SORT_ORDER` (`is_active`,`sort_order`),
  KEY `^STORE_GROUP_ID` (`group_id`),
  CONSTRAINT `^STORE_GROUP_ID_STORE_GROUP_GROUP_ID` FOREIGN KEY (`group_id`) REFERENCES `@store_group` (`group_id`) ON DELETE CASCADE,
  CONSTRAINT `^STORE_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID` FOREIGN KEY (`website_id`) REFERENCES `@store_website` (`website_id`) ON DELETE CASCADE
) COMMENT='Stores';
CREATE TABLE `@core_config_data` (
  `config_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Config ID',
  `scope` varchar(8) NOT NULL DEFAULT 'default' COMMENT 'Config Scope',
  `scope_id` int(11) NOT NULL DEFAULT 0 COMMENT 'Config Scope ID',
  `path` varchar(255) NOT NULL DEFAULT 'general' COMMENT 'Config Path',
  `value` text DEFAULT NULL COMMENT 'Config Value',
  `updated_at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'Updated At',
  PRIMARY KEY (`config_id`),
  UNIQUE KEY `^CORE_CONFIG_DATA_SCOPE_SCOPE_ID_PATH` (`scope`,`scope_id`,`path`)
) COMMENT='Config Data';
CREATE TABLE `@admin_user` (
  `user_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'User ID',
  `firstname` varchar(32) DEFAULT NULL COMMENT 'User First Name',
  `lastname` varchar(32) DEFAULT NULL COMMENT 'User Last Name',
  `email` varchar(128) DEFAULT NULL COMMENT 'User Email',
  `username` varchar(40) DEFAULT NULL COMMENT 'User Login',
  `password` varchar(255) NOT NULL COMMENT 'User Password',
  `created` timestamp NOT NULL DEFAULT current_timestamp() COMMENT 'User Created Time',
  `modified` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'User Modified Time',
  `logdate` timestamp NULL DEFAULT NULL COMMENT 'User Last Login Time',
  `lognum` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'User Login Number',
  `reload_acl_flag` smallint(6) NOT NULL DEFAULT 0 COMMENT 'Reload ACL',
  `is_active` smallint(6) NOT NULL DEFAULT 1 COMMENT 'User Is Active',
  `extra` text DEFAULT NULL COMMENT 'User Extra Data',
  `rp_token` text DEFAULT NULL COMMENT 'Reset Password Link Token',
  `rp_token_created_at` timestamp NULL DEFAULT NULL COMMENT 'Reset Password Link Token Creation Date',
  `interface_locale` varchar(16) NOT NULL DEFAULT 'en_US' COMMENT 'Backend interface locale',
  `failures_num` smallint(6) DEFAULT 0 COMMENT 'Failure Number',
  `first_failure` timestamp NULL DEFAULT NULL COMMENT 'First Failure',
  `lock_expires` timestamp NULL DEFAULT NULL COMMENT 'Expiration Lock Dates',
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `^ADMIN_USER_USERNAME` (`username`)
) COMMENT='Admin User Table';
CREATE TABLE `@admin_passwords` (
  `password_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Password ID',
  `user_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'User ID',
  `password_hash` varchar(255) DEFAULT NULL COMMENT 'Password Hash',
  `expires` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Deprecated',
  `last_updated` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Last Updated',
  PRIMARY KEY (`password_id`),
  KEY `^ADMIN_PASSWORDS_USER_ID` (`user_id`),
  CONSTRAINT `^ADMIN_PASSWORDS_USER_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`user_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE
) COMMENT='Admin Passwords';
CREATE TABLE `@admin_user_session` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `session_id` varchar(1) DEFAULT NULL COMMENT 'Deprecated: Session ID value no longer used',
  `user_id` int(10) unsigned DEFAULT NULL COMMENT 'Admin User ID',
  `status` smallint(5) unsigned NOT NULL DEFAULT 1 COMMENT 'Current Session status',
  `created_at` timestamp NOT NULL DEFAULT current_timestamp() COMMENT 'Created Time',
  `updated_at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'Update Time',
  `ip` varchar(15) NOT NULL COMMENT 'Remote user IP',
  PRIMARY KEY (`id`),
  KEY `^ADMIN_USER_SESSION_SESSION_ID` (`session_id`),
  KEY `^ADMIN_USER_SESSION_USER_ID` (`user_id`),
  CONSTRAINT `^ADMIN_USER_SESSION_USER_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`user_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE
) COMMENT='Admin User sessions table';
CREATE TABLE `@admin_user_expiration` (
  `user_id` int(10) unsigned NOT NULL COMMENT 'User ID',
  `expires_at` datetime NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT 'User Expiration Date',
  PRIMARY KEY (`user_id`),
  CONSTRAINT `^ADMIN_USER_EXPIRATION_USER_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`user_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE
) COMMENT='Admin User expiration dates table';
CREATE TABLE `@password_reset_request_event` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `request_type` smallint(5) unsigned NOT NULL COMMENT 'Type of the event under a security control',
  `account_reference` varchar(255) DEFAULT NULL COMMENT 'An identifier for existing account or another target',
  `created_at` timestamp NOT NULL DEFAULT current_timestamp() COMMENT 'Timestamp when the event occurs',
  `ip` varchar(15) NOT NULL COMMENT 'Remote user IP',
  PRIMARY KEY (`id`),
  KEY `^PASSWORD_RESET_REQUEST_EVENT_ACCOUNT_REFERENCE` (`account_reference`),
  KEY `^PASSWORD_RESET_REQUEST_EVENT_CREATED_AT` (`created_at`)
) COMMENT='Password Reset Request Event under a security control';
CREATE TABLE `@authorization_role` (
  `role_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Role ID',
  `parent_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Parent Role ID',
  `tree_level` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Role Tree Level',
  `sort_order` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Role Sort Order',
  `role_type` varchar(1) NOT NULL DEFAULT '0' COMMENT 'Role Type',
  `user_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'User ID',
  `user_type` varchar(16) DEFAULT NULL COMMENT 'User Type',
  `role_name` varchar(50) DEFAULT NULL COMMENT 'Role Name',
  PRIMARY KEY (`role_id`),
  KEY `^AUTHORIZATION_ROLE_PARENT_ID_SORT_ORDER` (`parent_id`,`sort_order`),
  KEY `^AUTHORIZATION_ROLE_TREE_LEVEL` (`tree_level`)
) COMMENT='Admin Role Table';
CREATE TABLE `@authorization_rule` (
  `rule_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Rule ID',
  `role_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Role ID',
  `resource_id` varchar(255) DEFAULT NULL COMMENT 'Resource ID',
  `privileges` varchar(20) DEFAULT NULL COMMENT 'Privileges',
  `permission` varchar(10) DEFAULT NULL COMMENT 'Permission',
  PRIMARY KEY (`rule_id`),
  KEY `^AUTHORIZATION_RULE_RESOURCE_ID_ROLE_ID` (`resource_id`,`role_id`),
  KEY `^AUTHORIZATION_RULE_ROLE_ID_RESOURCE_ID` (`role_id`,`resource_id`),
  CONSTRAINT `^AUTHORIZATION_RULE_ROLE_ID_AUTHORIZATION_ROLE_ROLE_ID` FOREIGN KEY (`role_id`) REFERENCES `@authorization_role` (`role_id`) ON DELETE CASCADE
) COMMENT='Admin Rule Table';
CREATE TABLE `@customer_entity` (
  `entity_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `email` varchar(255) DEFAULT NULL COMMENT 'Email',
  `password_hash` varchar(128) DEFAULT NULL COMMENT 'Password_hash',
  PRIMARY KEY (`entity_id`)
) COMMENT='Customer Entity';
CREATE TABLE `@oauth_consumer` (
  `entity_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `updated_at` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00' ON UPDATE current_timestamp() COMMENT 'Updated At',
  `name` varchar(255) NOT NULL COMMENT 'Name of consumer',
  `key` varchar(32) NOT NULL COMMENT 'Key code',
  `secret` varchar(128) NOT NULL COMMENT 'Secret code',
  PRIMARY KEY (`entity_id`),
  UNIQUE KEY `^OAUTH_CONSUMER_KEY` (`key`)
) COMMENT='OAuth Consumers';
CREATE TABLE `@oauth_token` (
  `entity_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `consumer_id` int(10) unsigned DEFAULT NULL COMMENT 'Oauth Consumer ID',
  `admin_id` int(10) unsigned DEFAULT NULL COMMENT 'Admin user ID',
  `customer_id` int(10) unsigned DEFAULT NULL COMMENT 'Customer user ID',
  `type` varchar(16) NOT NULL COMMENT 'Token Type',
  `token` varchar(32) NOT NULL COMMENT 'Token',
  `secret` varchar(128) NOT NULL COMMENT 'Token Secret',
  `verifier` varchar(32) DEFAULT NULL COMMENT 'Token Verifier',
  `callback_url` text NOT NULL COMMENT 'Token Callback URL',
  `revoked` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Is Token revoked',
  `authorized` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Is Token authorized',
  `user_type` int(11) DEFAULT NULL COMMENT 'User type',
  `created_at` timestamp NOT NULL DEFAULT current_timestamp() COMMENT 'Token creation timestamp',
  PRIMARY KEY (`entity_id`),
  UNIQUE KEY `^OAUTH_TOKEN_TOKEN` (`token`),
  KEY `^OAUTH_TOKEN_CONSUMER_ID` (`consumer_id`),
  KEY `^OAUTH_TOKEN_ADMIN_ID_ADMIN_USER_USER_ID` (`admin_id`),
  KEY `^OAUTH_TOKEN_CUSTOMER_ID_CUSTOMER_ENTITY_ENTITY_ID` (`customer_id`),
  KEY `^OAUTH_TOKEN_CREATED_AT` (`created_at`),
  CONSTRAINT `^OAUTH_TOKEN_ADMIN_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`admin_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE,
  CONSTRAINT `^OAUTH_TOKEN_CONSUMER_ID_OAUTH_CONSUMER_ENTITY_ID` FOREIGN KEY (`consumer_id`) REFERENCES `@oauth_consumer` (`entity_id`) ON DELETE CASCADE,
  CONSTRAINT `^OAUTH_TOKEN_CUSTOMER_ID_CUSTOMER_ENTITY_ENTITY_ID` FOREIGN KEY (`customer_id`) REFERENCES `@customer_entity` (`entity_id`) ON DELETE CASCADE
) COMMENT='OAuth Tokens';
CREATE TABLE `@oauth_token_request_log` (
  `log_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Log ID',
  `user_name` varchar(255) NOT NULL COMMENT 'Customer email or admin login',
  `user_type` smallint(5) unsigned NOT NULL COMMENT 'User type (admin or customer)',
  `failures_count` smallint(5) unsigned DEFAULT 0 COMMENT 'Number of failed authentication attempts in a row',
  `lock_expires_at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'Lock expiration time',
  PRIMARY KEY (`log_id`),
  UNIQUE KEY `^OAUTH_TOKEN_REQUEST_LOG_USER_NAME_USER_TYPE` (`user_name`,`user_type`)
) COMMENT='Log of token request authentication failures.';
CREATE TABLE `@jwt_auth_revoked` (
  `user_type_id` int(10) unsigned NOT NULL COMMENT 'User type ID',
  `user_id` int(10) unsigned NOT NULL COMMENT 'User ID',
  `revoke_before` bigint(20) unsigned NOT NULL COMMENT 'Not accepting tokens issued before this timestamp',
  PRIMARY KEY (`user_type_id`,`user_id`)
) COMMENT='Revoked JWTs';
CREATE TABLE `@adobe_user_profile` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `admin_user_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Admin User Id',
  `name` varchar(255) NOT NULL COMMENT 'Display Name',
  `email` varchar(255) NOT NULL COMMENT 'user profile email',
  `image` varchar(255) NOT NULL COMMENT 'user profile avatar',
  `account_type` varchar(255) DEFAULT NULL COMMENT 'Account Type',
  `access_token` text DEFAULT NULL COMMENT 'Access Token',
  `refresh_token` text DEFAULT NULL COMMENT 'Refresh Token',
  `created_at` timestamp NOT NULL DEFAULT current_timestamp() COMMENT 'Created At',
  `updated_at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'Updated At',
  `access_token_expires_at` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT 'Access Token Expires At',
  PRIMARY KEY (`id`),
  KEY `^ADOBE_USER_PROFILE_ADMIN_USER_ID` (`admin_user_id`),
  CONSTRAINT `^ADOBE_USER_PROFILE_ADMIN_USER_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`admin_user_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE
) COMMENT='Adobe IMS User Profile';
CREATE TABLE `@admin_adobe_ims_webapi` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Entity ID',
  `admin_user_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Admin User Id',
  `access_token_hash` varchar(255) DEFAULT NULL COMMENT 'Access Token Hash',
  `access_token` text DEFAULT NULL COMMENT 'Access Token',
  `created_at` timestamp NOT NULL DEFAULT current_timestamp() COMMENT 'Created At',
  `updated_at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp() COMMENT 'Updated At',
  `last_check_time` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT 'Last check time',
  `access_token_expires_at` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00' COMMENT 'Access Token Expires At',
  PRIMARY KEY (`id`),
  UNIQUE KEY `^ADMIN_ADOBE_IMS_WEBAPI_ACCESS_TOKEN_HASH` (`access_token_hash`),
  KEY `^ADMIN_ADOBE_IMS_WEBAPI_ADMIN_USER_ID` (`admin_user_id`),
  CONSTRAINT `^ADMIN_ADOBE_IMS_WEBAPI_ADMIN_USER_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`admin_user_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE
) COMMENT='Admin Adobe IMS Webapi';
CREATE TABLE `@tfa_user_config` (
  `config_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'TFA admin user config',
  `user_id` int(10) unsigned NOT NULL COMMENT 'User ID',
  `encoded_providers` text DEFAULT NULL COMMENT 'Encoded providers list',
  `encoded_config` text DEFAULT NULL COMMENT 'Encoded providers configuration',
  `default_provider` varchar(255) DEFAULT NULL COMMENT 'Default provider',
  PRIMARY KEY (`config_id`),
  KEY `^TFA_USER_CONFIG_USER_ID_ADMIN_USER_USER_ID` (`user_id`),
  CONSTRAINT `^TFA_USER_CONFIG_USER_ID_ADMIN_USER_USER_ID` FOREIGN KEY (`user_id`) REFERENCES `@admin_user` (`user_id`) ON DELETE CASCADE
) COMMENT='TFA user configuration';
CREATE TABLE `@tfa_country_codes` (
  `country_id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'TFA admin user config',
  `code` varchar(2) NOT NULL COMMENT 'Country code',
  `name` varchar(255) NOT NULL COMMENT 'Country name',
  `dial_code` varchar(255) NOT NULL COMMENT 'Prefix',
  PRIMARY KEY (`country_id`),
  KEY `^TFA_COUNTRY_CODES_CODE` (`code`)
) COMMENT='TFA phone country codes';
CREATE TABLE `@captcha_log` (
  `type` varchar(32) NOT NULL COMMENT 'Type',
  `value` varchar(255) NOT NULL COMMENT 'Value',
  `count` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Count',
  `updated_at` timestamp NULL DEFAULT NULL COMMENT 'Update Time',
  PRIMARY KEY (`type`,`value`)
) COMMENT='Count Login Attempts';
SQL;

foreach (array_filter(array_map('trim', explode(";\n", "$tables\n"))) as $statement) {
    $statement = strtr(rtrim($statement, ';'), ['@' => $prefix, '^' => strtoupper($prefix)]);
    $pdo->exec(str_replace("\n) COMMENT=", "\n) $options COMMENT=", $statement));
}

$insert = static function (string $table, array $row) use ($pdo, $prefix): int {
    $columns = implode(', ', array_map(static fn ($name) => "`$name`", array_keys($row)));
    $places = implode(', ', array_fill(0, count($row), '?'));
    $pdo->prepare("INSERT INTO `$prefix$table` ($columns) VALUES ($places)")
        ->execute(array_values($row));
    return (int)$pdo->lastInsertId();
};

// As Commerce hashes today: Argon2id over the first 16 characters of a salt of 32.
$hash = static function (string $password): string {
    $salt = substr(strtr(base64_encode(random_bytes(48)), '+/=', 'abc'), 0, 32);
    $digest = sodium_crypto_pwhash(
        32,
        $password,
        substr($salt, 0, SODIUM_CRYPTO_PWHASH_SALTBYTES),
        SODIUM_CRYPTO_PWHASH_OPSLIMIT_INTERACTIVE,
        SODIUM_CRYPTO_PWHASH_MEMLIMIT_INTERACTIVE,
        SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13
    );
    return bin2hex($digest) . ":$salt:3_32_2_67108864";
};

$pdo->exec("SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO'");
$insert('store_website', ['website_id' => 0, 'code' => 'admin', 'name' => 'Admin']);
$insert('store_website', [
    'website_id' => 1, 'code' => 'base', 'name' => 'Main Website', 'default_group_id' => 1,
    'is_default' => 1,
]);
$insert('store_group', ['group_id' => 0, 'website_id' => 0, 'name' => 'Default', 'code' => 'default']);
$insert('store', [
    'store_id' => 0, 'code' => 'admin', 'website_id' => 0, 'group_id' => 0, 'name' => 'Admin',
    'is_active' => 1,
]);
$insert('core_config_data', ['path' => 'web/secure/base_url', 'value' => 'https://shop.example/']);
$insert('setup_module', ['module' => 'Magento_User', 'schema_version' => '2.0.4', 'data_version' => '2.0.4']);

$role = $insert('authorization_role', [
    'parent_id' => 0, 'tree_level' => 1, 'sort_order' => 1, 'role_type' => 'G', 'user_id' => 0,
    'user_type' => '2', 'role_name' => 'Administrators',
]);
$insert('authorization_rule', [
    'role_id' => $role, 'resource_id' => 'Magento_Backend::all', 'permission' => 'allow',
]);
foreach (['anna' => 'Anna123456', 'bjørn' => 'smørrebrød 1'] as $username => $password) {
    $hashed = $hash($password);
    $user = $insert('admin_user', [
        'firstname' => ucfirst($username), 'lastname' => 'Admin', 'email' => "$username@shop.example",
        'username' => $username, 'password' => $hashed, 'extra' => 'null',
        'created' => '2024-01-02 03:04:05',
    ]);
    $insert('admin_passwords', [
        'user_id' => $user, 'password_hash' => $hashed, 'last_updated' => 1704164645,
    ]);
    $insert('authorization_role', [
        'parent_id' => $role, 'tree_level' => 2, 'role_type' => 'U', 'user_id' => $user,
        'user_type' => '2', 'role_name' => $username,
    ]);
    $insert('admin_user_session', ['user_id' => $user, 'status' => 1, 'ip' => '192.0.2.7']);
    $insert('admin_adobe_ims_webapi', [
        'admin_user_id' => $user, 'access_token_hash' => hash('sha256', $username),
        'access_token' => '0:3:' . base64_encode(random_bytes(40)),
    ]);
}
$customer = $insert('customer_entity', ['email' => 'carl@example.org', 'password_hash' => $hash('Carl12345')]);
$insert('oauth_token', [
    'customer_id' => $customer, 'type' => 'access', 'token' => bin2hex(random_bytes(16)),
    'secret' => bin2hex(random_bytes(16)), 'callback_url' => '', 'user_type' => 3,
]);
