<#ftl output_format="plainText">
${msg("accessKeyMail-" + notice, name, realmName)}

<#if redacted?has_content>${msg("accessKeyMailKey")}: ${name} (${redacted})
</#if><#if count?has_content>${msg("accessKeyMailCount")}: ${count}
</#if><#if client?has_content>${msg("accessKeyMailApi")}: ${client}
</#if><#if expires?has_content>${msg("accessKeyMailExpires")}: ${expires}
</#if><#if deadline?has_content && notice?starts_with("roll_")>${msg("accessKeyMailDeadline")}: ${deadline}
</#if><#if retires?has_content>${msg("accessKeyMailRetires")}: ${retires}
</#if><#if reason?has_content>${msg("accessKeyMailReason")}: ${reason}
</#if><#if ["created", "created_many", "revoked_many", "rolled", "reused", "revoked", "exposed", "owner_removed", "client_removed", "api_client_broken"]?seq_contains(notice)>${msg("accessKeyMailAt")}: ${at}
</#if>

${msg("accessKeyMail-" + notice + "-advice")}
<#if link?has_content>

${link}
</#if>

${msg("accessKeyMailReference", reference)}
