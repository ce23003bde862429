<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        <#if accessKeyGivesToken>${msg("accessKeyTokenTitle")}<#else>${msg("accessKeyCreatedTitle")}</#if>
    <#elseif section = "form">
        <#if accessKeySecret??>
            <p><#if accessKeyGivesToken>${msg("accessKeyTokenText")}<#else>${msg("accessKeyCreatedText")}</#if></p>
            <p style="margin-block: 1rem"><code id="access-key-secret" style="overflow-wrap: anywhere; user-select: all">${accessKeySecret}</code></p>
        <#else>
            <p><#if accessKeyGivesToken>${msg("accessKeyTokenBefore")}<#else>${msg("accessKeyCreatedBefore")}</#if></p>
        </#if>
        <form class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <#if accessKeySecret??>
                <input type="hidden" name="secret" value="${accessKeySecret}"/>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!}" name="download" value="true" type="submit">${msg("accessKeyDownload")}</button>
            </#if>
            <button class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" name="done" value="true" type="submit">${msg("accessKeyDone")}</button>
        </form>
    </#if>
</@layout.registrationLayout>
