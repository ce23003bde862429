<#import "template.ftl" as layout>
<#macro row label>
  <tr>
    <th scope="row" align="left" valign="top" style="padding: 2px 16px 2px 0; white-space: nowrap">${label}</th>
    <td valign="top" style="padding: 2px 0; overflow-wrap: anywhere"><#nested></td>
  </tr>
</#macro>
<@layout.emailLayout>
<p>${msg("accessKeyMail-" + notice, name, realmName)}</p>
<table cellspacing="0">
  <#if redacted?has_content><@row msg("accessKeyMailKey")>${name} (<code>${redacted}</code>)</@row></#if>
  <#if count?has_content><@row msg("accessKeyMailCount")>${count}</@row></#if>
  <#if client?has_content><@row msg("accessKeyMailApi")>${client}</@row></#if>
  <#if expires?has_content><@row msg("accessKeyMailExpires")>${expires}</@row></#if>
  <#if deadline?has_content && notice?starts_with("roll_")><@row msg("accessKeyMailDeadline")>${deadline}</@row></#if>
  <#if retires?has_content><@row msg("accessKeyMailRetires")>${retires}</@row></#if>
  <#if reason?has_content><@row msg("accessKeyMailReason")>${reason}</@row></#if>
  <#-- Of what is yet to come, the time of the notice would be taken for its time. -->
  <#if ["created", "created_many", "revoked_many", "rolled", "reused", "revoked", "exposed", "owner_removed", "client_removed", "api_client_broken"]?seq_contains(notice)><@row msg("accessKeyMailAt")>${at}</@row></#if>
</table>
<p>${msg("accessKeyMail-" + notice + "-advice")}</p>
<#if link?has_content><p><a href="${link}">${link}</a></p></#if>
<p><small>${msg("accessKeyMailReference", reference)}</small></p>
</@layout.emailLayout>
