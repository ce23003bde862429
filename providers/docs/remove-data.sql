-- Takes the keys, the policy and all marks on clients, scopes, realms and people out of Keycloak's database.
--
-- All nodes are stopped and the jar is out of providers/. Take a backup first: there is no way back.
-- Steps of ours in login flows are taken out in the Admin Console before, as long as the jar is there.
-- Applications that people have registered are clients, and stay as such: remove those that you do not want.
-- Events are left to the realm's own retention: they say who has done what, and hold no key.

delete from USER_REQUIRED_ACTION where REQUIRED_ACTION = 'create-access-key';
delete from REQUIRED_ACTION_CONFIG
  where REQUIRED_ACTION_ID in (select ID from REQUIRED_ACTION_PROVIDER where ALIAS = 'create-access-key');
delete from REQUIRED_ACTION_PROVIDER where ALIAS = 'create-access-key';

update REALM set ACCOUNT_THEME = null where ACCOUNT_THEME = 'access-keys';
delete from CLIENT_ATTRIBUTES where NAME like 'access-keys.%';
delete from CLIENT_SCOPE_ATTRIBUTES where NAME like 'access-keys.%';

drop table ACCESS_KEY_FINDING;
drop table ACCESS_KEY_OWNER;
drop table ACCESS_KEY_POLICY;
drop table ACCESS_KEY_MAIL;
drop table ACCESS_KEY_HISTORY;
drop table ACCESS_KEY_REFUSALS;
drop table ACCESS_KEY_SEEN;
drop table ACCESS_KEY_DAY;
drop table ACCESS_KEY_USAGE;
drop table ACCESS_KEY_SECRET;
drop table ACCESS_KEY;
drop table DATABASECHANGELOG_ACCESS_KEY;
