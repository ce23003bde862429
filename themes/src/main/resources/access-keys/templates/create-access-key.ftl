<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("accessKeyCreateTitle")}
    <#elseif section = "form">
        <#if accessKeyApis?size == 0>
            <p>${msg("accessKeyNoApi")}</p>
        </#if>
        <form id="kc-create-access-key" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" autocomplete="off">
            <#if accessKeyApis?size != 0>
                <p>${msg("accessKeyCreateText")}</p>
                <div class="${properties.kcFormGroupClass!}">
                    <label for="name" class="${properties.kcLabelClass!}">${msg("accessKeyName")}</label>
                    <span class="${properties.kcInputClass!}">
                        <input type="text" id="name" name="name" maxlength="120" required autofocus value="${(accessKeyForm.name)!}"/>
                    </span>
                </div>
                <#list accessKeyApis as api>
                    <fieldset class="${properties.kcFormGroupClass!}">
                        <legend>
                            <input type="radio" id="client-${api?index}" name="client" value="${api.clientId}" required<#if ((accessKeyForm.client)!(accessKeyApis[0].clientId)) = api.clientId> checked</#if>/>
                            <label for="client-${api?index}">${msg("accessKeyFor", api.name)}</label>
                        </legend>
                        <#list api.scopes as scope>
                            <div>
                                <input type="checkbox" id="scope-${api?index}-${scope?index}" name="scope" value="${api.clientId} ${scope.name}"<#if accessKeyForm.scopes?seq_contains(api.clientId + " " + scope.name)> checked</#if>/>
                                <label for="scope-${api?index}-${scope?index}"><code>${scope.name}</code> ${scope.description}</label>
                            </div>
                        </#list>
                        <#if api.scopes?size == 0><p>${msg("accessKeyNoScopes")}</p></#if>
                    </fieldset>
                </#list>
                <div class="${properties.kcFormGroupClass!}">
                    <label for="lifetime" class="${properties.kcLabelClass!}">${msg("accessKeyLifetime")}</label>
                    <span class="${properties.kcInputClass!}">
                        <select id="lifetime" name="lifetime">
                            <#list accessKeyLifetimes as lifetime>
                                <option value="${lifetime.value}"<#if ((accessKeyForm.lifetime)!"") = lifetime.value> selected</#if>><#if lifetime.days == 0>${msg("accessKeyNever")}<#else>${msg("accessKeyDays", lifetime.days?c, lifetime.until)}</#if></option>
                            </#list>
                        </select>
                    </span>
                </div>
                <div class="${properties.kcFormGroupClass!}">
                    <label for="addresses" class="${properties.kcLabelClass!}">${msg("accessKeyAddresses")}</label>
                    <span class="${properties.kcInputClass!}">
                        <input type="text" id="addresses" name="addresses" placeholder="203.0.113.0/24, 2001:db8::/32" value="${(accessKeyForm.addresses)!}"/>
                    </span>
                </div>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" name="create" value="true" type="submit">${msg("accessKeyCreate")}</button>
            </#if>
            <#if isAppInitiatedAction??>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!}" name="cancel-aia" value="true" type="submit" formnovalidate>${msg("doCancel")}</button>
            <#else>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!}" name="done" value="true" type="submit" formnovalidate>${msg("accessKeyNotNow")}</button>
            </#if>
        </form>
    </#if>
</@layout.registrationLayout>
