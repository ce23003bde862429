<#import "template.ftl" as layout>
<#macro problem field>
    <#if messagesPerField.existsError(field)>
        <div class="${properties.kcFormHelperTextClass!}" aria-live="polite">
            <div class="${properties.kcInputHelperTextClass!}">
                <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}">
                    <span id="input-error-${field}" class="${properties.kcInputErrorMessageClass!}">${messagesPerField.getFirstError(field)}</span>
                </div>
            </div>
        </div>
    </#if>
</#macro>
<#macro invalid field><#if messagesPerField.existsError(field)> aria-invalid="true" aria-describedby="input-error-${field}"</#if></#macro>
<#-- The page begins at what is wrong, or at its first field. -->
<#macro focus field><#if firstWrong == field> autofocus</#if></#macro>
<#macro frame field>${properties.kcInputClass!}<#if messagesPerField.existsError(field)> ${properties.kcError!}</#if></#macro>
<#macro expiry lifetime><#if lifetime.until == "">${msg("accessKeyNever")}<#elseif lifetime.days == 0>${msg("accessKeyUntil", lifetime.until)}<#else>${msg("accessKeyDays", lifetime.days?c, lifetime.until)}</#if></#macro>
<#assign firstWrong = ["name", "description", "lifetime", "addresses"]?filter(field -> messagesPerField.existsError(field))?first!"name">
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("name", "description", "client", "scope", "lifetime", "addresses"); section>
    <#if section = "header">
        <#if accessKeyGivesToken>${msg("accessKeyTokenCreateTitle")}<#else>${msg("accessKeyCreateTitle")}</#if>
    <#elseif section = "form">
        <#if accessKeyApis?size == 0>
            <p>${msg("accessKeyNoApi")}</p>
        </#if>
        <form id="kc-create-access-key" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" autocomplete="off" onsubmit="if (this.create) { this.create.disabled = true; } return true;">
            <#if accessKeyApis?size != 0>
                <p><#if accessKeyGivesToken>${msg("accessKeyTokenCreateText")}<#else>${msg("accessKeyCreateText")}</#if></p>
                <#if accessKeyAsker??>
                    <p id="access-key-asker" style="margin-block: 1rem"><strong>${msg("accessKeyAskedBy", accessKeyAsker)}</strong></p>
                    <#if accessKeyNotOffered?size != 0>
                        <p id="access-key-not-offered">${msg("accessKeyNotOffered")} <#list accessKeyNotOffered as scope><code>${scope.name}</code><#if scope.why??> (${msg(scope.why, scope.roles)})</#if><#sep>, </#list></p>
                    </#if>
                </#if>
                <div class="${properties.kcFormGroupClass!}">
                    <label for="name" class="${properties.kcLabelClass!}">${msg("accessKeyName")}</label>
                    <span class="<@frame field="name"/>">
                        <input type="text" id="name" name="name" maxlength="120" required value="${(accessKeyForm.name)!}"<@invalid field="name"/><@focus field="name"/>/>
                    </span>
                    <@problem field="name"/>
                </div>
                <div class="${properties.kcFormGroupClass!}">
                    <label for="description" class="${properties.kcLabelClass!}">${msg("accessKeyDescription")}</label>
                    <span class="<@frame field="description"/>">
                        <input type="text" id="description" name="description" maxlength="500" value="${(accessKeyForm.description)!}"<@invalid field="description"/><@focus field="description"/>/>
                    </span>
                    <@problem field="description"/>
                </div>
                <#list accessKeyApis as api>
                    <fieldset class="${properties.kcFormGroupClass!}" style="border: 0; margin: 0; padding: 0">
                        <legend>
                            <input type="radio" id="client-${api?index}" name="client" value="${api.clientId}" required<#if ((accessKeyForm.client)!(accessKeyApis[0].clientId)) = api.clientId> checked</#if>/>
                            <label for="client-${api?index}">${msg("accessKeyFor", api.name)}</label>
                        </legend>
                        <#list api.scopes as scope>
                            <div style="margin-inline-start: 1.5rem">
                                <input type="checkbox" id="scope-${api?index}-${scope?index}" name="scope" value="${api.clientId} ${scope.name}"<#if accessKeyForm.scopes?seq_contains(api.clientId + " " + scope.name)> checked</#if>/>
                                <label for="scope-${api?index}-${scope?index}"><code>${scope.name}</code> ${scope.description}</label>
                            </div>
                        </#list>
                        <#if api.scopes?size == 0><p>${msg("accessKeyNoScopes")}</p></#if>
                    </fieldset>
                </#list>
                <@problem field="client"/>
                <@problem field="scope"/>
                <div class="${properties.kcFormGroupClass!}">
                    <#if accessKeyGivesToken>
                        <p>${msg("accessKeyTokenEnds", accessKeyTokenMinutes)}</p>
                    <#elseif accessKeyLifetimeFixed>
                        <p>${msg("accessKeyLifetime")} <@expiry lifetime=accessKeyLifetimes[0]/></p>
                    <#else>
                        <label for="lifetime" class="${properties.kcLabelClass!}">${msg("accessKeyLifetime")}</label>
                        <span class="<@frame field="lifetime"/>">
                            <select id="lifetime" name="lifetime"<@invalid field="lifetime"/><@focus field="lifetime"/>>
                                <#list accessKeyLifetimes as lifetime>
                                    <option value="${lifetime.value}"<#if accessKeyForm.lifetime?? && accessKeyForm.lifetime = lifetime.value> selected</#if>><@expiry lifetime=lifetime/></option>
                                </#list>
                            </select>
                            <span class="${properties.kcFormControlUtilClass!}"><span class="${properties.kcFormControlToggleIcon!}" aria-hidden="true">&#9662;</span></span>
                        </span>
                        <@problem field="lifetime"/>
                    </#if>
                </div>
                <div class="${properties.kcFormGroupClass!}">
                    <label for="addresses" class="${properties.kcLabelClass!}">${msg("accessKeyAddresses")}</label>
                    <span class="<@frame field="addresses"/>">
                        <input type="text" id="addresses" name="addresses" placeholder="203.0.113.0/24, 2001:db8::/32" value="${(accessKeyForm.addresses)!}"<@invalid field="addresses"/><@focus field="addresses"/>/>
                    </span>
                    <@problem field="addresses"/>
                </div>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!}" name="create" value="true" type="submit"><#if accessKeyGivesToken>${msg("accessKeyTokenCreate")}<#else>${msg("accessKeyCreate")}</#if></button>
            </#if>
            <#if isAppInitiatedAction??>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!}" name="cancel-aia" value="true" type="submit" formnovalidate>${msg("doCancel")}</button>
            <#else>
                <button class="${properties.kcButtonClass!} ${properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!}" name="done" value="true" type="submit" formnovalidate>${msg("accessKeyNotNow")}</button>
            </#if>
        </form>
    </#if>
</@layout.registrationLayout>
