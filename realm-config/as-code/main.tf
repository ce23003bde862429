# The realm of shop.json, for the provider keycloak/keycloak. Its client scopes take attributes from 5.7.0 on (extra_config); this file
# says all of it on the client, so that it fits older versions too.
terraform {
  required_providers {
    keycloak = {
      source  = "keycloak/keycloak"
      version = ">= 5.2.0"
    }
  }
}

variable "gateway_secret" {
  type      = string
  sensitive = true
}

resource "keycloak_realm" "shop" {
  realm   = "shop"
  enabled = true
}

resource "keycloak_role" "orders_reader" {
  realm_id    = keycloak_realm.shop.id
  name        = "orders-reader"
  description = "May see orders"
}

resource "keycloak_openid_client_scope" "orders_read" {
  realm_id               = keycloak_realm.shop.id
  name                   = "orders:read"
  description            = "See orders"
  include_in_token_scope = true
}

resource "keycloak_openid_client_scope" "status_read" {
  realm_id               = keycloak_realm.shop.id
  name                   = "status:read"
  description            = "See whether the shop is open"
  include_in_token_scope = true
}

# A scope without a role is granted to nobody, unless it is open.
resource "keycloak_generic_role_mapper" "orders_read" {
  realm_id        = keycloak_realm.shop.id
  client_scope_id = keycloak_openid_client_scope.orders_read.id
  role_id         = keycloak_role.orders_reader.id
}

resource "keycloak_openid_client" "shop_api" {
  realm_id           = keycloak_realm.shop.id
  client_id          = "shop-api"
  description        = "The API that keys are issued for"
  access_type        = "PUBLIC"
  full_scope_allowed = false
  use_refresh_tokens = false

  extra_config = {
    "access-keys.enabled"     = "true"
    "access-keys.scopes"      = "orders:read##status:read"
    "access-keys.open-scopes" = "status:read"
  }
}

# Both lists are complete: what they leave out is taken away from the client.
resource "keycloak_openid_client_default_scopes" "shop_api" {
  realm_id       = keycloak_realm.shop.id
  client_id      = keycloak_openid_client.shop_api.id
  default_scopes = ["basic", "roles"]
}

resource "keycloak_openid_client_optional_scopes" "shop_api" {
  realm_id  = keycloak_realm.shop.id
  client_id = keycloak_openid_client.shop_api.id
  optional_scopes = [
    keycloak_openid_client_scope.orders_read.name,
    keycloak_openid_client_scope.status_read.name,
  ]
}

resource "keycloak_openid_client" "shop_gateway" {
  realm_id                 = keycloak_realm.shop.id
  client_id                = "shop-gateway"
  description              = "Guards the API: introspects keys and the tokens minted from them"
  access_type              = "CONFIDENTIAL"
  client_secret            = var.gateway_secret
  service_accounts_enabled = false
  full_scope_allowed       = false
}

resource "keycloak_openid_audience_protocol_mapper" "shop_gateway" {
  realm_id                 = keycloak_realm.shop.id
  client_id                = keycloak_openid_client.shop_api.id
  name                     = "audience of the gateway"
  included_client_audience = keycloak_openid_client.shop_gateway.client_id
  add_to_id_token          = false
}

resource "keycloak_openid_client" "billing_worker" {
  realm_id                 = keycloak_realm.shop.id
  client_id                = "billing-worker"
  description              = "A service that calls the API with an API key"
  access_type              = "CONFIDENTIAL"
  service_accounts_enabled = true
  full_scope_allowed       = false
}

resource "keycloak_openid_client_service_account_realm_role" "billing_worker" {
  realm_id                = keycloak_realm.shop.id
  service_account_user_id = keycloak_openid_client.billing_worker.service_account_user_id
  role                    = keycloak_role.orders_reader.name
}

# The policy. Nothing checks these values when they are applied: read …/access-keys/health afterwards.
resource "keycloak_required_action" "create_access_key" {
  realm_id = keycloak_realm.shop.realm
  alias    = "create-access-key"
  name     = "Create Access Key"
  enabled  = true
  priority = 140

  config = {
    "api-key.default-lifetime" = "P30D"
    "api-key.max-lifetime"     = "P90D"
  }
}
