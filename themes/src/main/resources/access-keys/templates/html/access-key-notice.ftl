<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("accessKeyMail-" + notice, name, realmName)}</p>
<table>
  <tr><td>${msg("accessKeyMailKey")}</td><td>${name} (<code>${redacted}</code>)</td></tr>
  <#if client?has_content><tr><td>${msg("accessKeyMailApi")}</td><td>${client}</td></tr></#if>
  <#if expires?has_content><tr><td>${msg("accessKeyMailExpires")}</td><td>${expires}</td></tr></#if>
  <#if deadline?has_content && notice?starts_with("roll_")><tr><td>${msg("accessKeyMailDeadline")}</td><td>${deadline}</td></tr></#if>
  <#if retires?has_content><tr><td>${msg("accessKeyMailRetires")}</td><td>${retires}</td></tr></#if>
  <#if reason?has_content><tr><td>${msg("accessKeyMailReason")}</td><td>${reason}</td></tr></#if>
  <tr><td>${msg("accessKeyMailAt")}</td><td>${at}</td></tr>
</table>
<p>${msg("accessKeyMail-" + notice + "-advice")}</p>
<#if link?has_content><p><a href="${link}">${link}</a></p></#if>
<p><small>${msg("accessKeyMailReference", reference)}</small></p>
</@layout.emailLayout>
