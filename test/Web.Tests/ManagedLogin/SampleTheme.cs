using Lifeguard.Domain.Branding;

namespace Lifeguard.Web.Tests.ManagedLogin;

internal static class SampleTheme
{
    public static readonly PageTheme Default = new()
    {
        ColorScheme = ColorScheme.Light,
        LightCss = "--lg-page-background:#ffffffff;--lg-header-background:#fafafaff;--lg-header-border:#d5dbdbff;"
            + "--lg-footer-background:#fafafaff;--lg-footer-border:#d5dbdbff;--lg-form-background:#ffffffff;"
            + "--lg-form-border:#c6c6cdff;--lg-text:#414d5cff;--lg-text-description:#414d5cff;"
            + "--lg-heading:#000716ff;--lg-link:#0972d3ff;--lg-link-hover:#033160ff;--lg-primary:#0972d3ff;"
            + "--lg-primary-text:#ffffffff;--lg-primary-hover:#033160ff;--lg-primary-hover-text:#ffffffff;"
            + "--lg-primary-active:#033160ff;--lg-primary-active-text:#ffffffff;"
            + "--lg-primary-disabled:#f4f4f4ff;--lg-primary-disabled-border:#7d8998ff;"
            + "--lg-primary-disabled-text:#5f6b7aff;--lg-secondary:#ffffffff;"
            + "--lg-secondary-border:#0972d3ff;--lg-secondary-text:#0972d3ff;--lg-secondary-hover:#f2f8fdff;"
            + "--lg-secondary-hover-border:#033160ff;--lg-secondary-hover-text:#033160ff;"
            + "--lg-secondary-active:#d3e7f9ff;--lg-secondary-active-border:#033160ff;"
            + "--lg-secondary-active-text:#033160ff;--lg-idp:#ffffffff;--lg-idp-border:#424650ff;"
            + "--lg-idp-text:#424650ff;--lg-idp-hover:#f2f8fdff;--lg-idp-hover-border:#033160ff;"
            + "--lg-idp-hover-text:#033160ff;--lg-idp-active:#d3e7f9ff;--lg-idp-active-border:#033160ff;"
            + "--lg-idp-active-text:#033160ff;--lg-input-background:#ffffffff;--lg-input-border:#7d8998ff;"
            + "--lg-input-placeholder:#5f6b7aff;--lg-label:#000716ff;--lg-input-description:#5f6b7aff;"
            + "--lg-focus:#0972d3ff;--lg-divider:#ebebf0ff;--lg-error:#d91515ff;"
            + "--lg-error-background:#fff7f7ff;--lg-error-border:#d91515ff;--lg-success:#037f0cff;"
            + "--lg-success-background:#f2fcf3ff;--lg-success-border:#037f0cff;--lg-warning:#8d6605ff;"
            + "--lg-warning-background:#fffce9ff;--lg-warning-border:#8d6605ff;--lg-pending:#5f6b7aff;"
            + "--lg-alert-background:#fff7f7ff;--lg-alert-border:#d91515ff;--lg-option-background:#ffffffff;"
            + "--lg-option-border:#7d8998ff;--lg-option-selected:#0972d3ff;"
            + "--lg-option-selected-mark:#ffffffff;--lg-dropdown-background:#ffffffff;"
            + "--lg-dropdown-border:#7d8998ff;--lg-dropdown-text:#414d5cff;--lg-dropdown-hover:#f4f4f4ff;"
            + "--lg-dropdown-hover-border:#7d8998ff;--lg-dropdown-hover-text:#000716ff;"
            + "--lg-dropdown-match:#f2f8fdff;--lg-dropdown-match-text:#033160ff;--lg-radius-button:8px;"
            + "--lg-radius-input:8px;--lg-radius-dropdown:8px;--lg-radius-form:8px;--lg-radius-alert:12px;",
        DarkCss = "--lg-page-background:#0f1b2aff;--lg-header-background:#0f141aff;--lg-header-border:#424650ff;"
            + "--lg-footer-background:#0f141aff;--lg-footer-border:#424650ff;--lg-form-background:#0f1b2aff;"
            + "--lg-form-border:#424650ff;--lg-text:#b6bec9ff;--lg-text-description:#b6bec9ff;"
            + "--lg-heading:#d1d5dbff;--lg-link:#539fe5ff;--lg-link-hover:#89bdeeff;--lg-primary:#539fe5ff;"
            + "--lg-primary-text:#000716ff;--lg-primary-hover:#89bdeeff;--lg-primary-hover-text:#000716ff;"
            + "--lg-primary-active:#539fe5ff;--lg-primary-active-text:#000716ff;"
            + "--lg-primary-disabled:#232b37ff;--lg-primary-disabled-border:#5f6b7aff;"
            + "--lg-primary-disabled-text:#8d99a8ff;--lg-secondary:#0f1b2aff;"
            + "--lg-secondary-border:#539fe5ff;--lg-secondary-text:#539fe5ff;--lg-secondary-hover:#192534ff;"
            + "--lg-secondary-hover-border:#89bdeeff;--lg-secondary-hover-text:#89bdeeff;"
            + "--lg-secondary-active:#354150ff;--lg-secondary-active-border:#89bdeeff;"
            + "--lg-secondary-active-text:#89bdeeff;--lg-idp:#0f1b2aff;--lg-idp-border:#c6c6cdff;"
            + "--lg-idp-text:#c6c6cdff;--lg-idp-hover:#192534ff;--lg-idp-hover-border:#89bdeeff;"
            + "--lg-idp-hover-text:#89bdeeff;--lg-idp-active:#354150ff;--lg-idp-active-border:#89bdeeff;"
            + "--lg-idp-active-text:#89bdeeff;--lg-input-background:#0f1b2aff;--lg-input-border:#5f6b7aff;"
            + "--lg-input-placeholder:#8d99a8ff;--lg-label:#d1d5dbff;--lg-input-description:#8d99a8ff;"
            + "--lg-focus:#539fe5ff;--lg-divider:#232b37ff;--lg-error:#eb6f6fff;"
            + "--lg-error-background:#1a0000ff;--lg-error-border:#eb6f6fff;--lg-success:#29ad32ff;"
            + "--lg-success-background:#001a02ff;--lg-success-border:#29ad32ff;--lg-warning:#e0ca57ff;"
            + "--lg-warning-background:#1d1906ff;--lg-warning-border:#e0ca57ff;--lg-pending:#8d99a8ff;"
            + "--lg-alert-background:#1a0000ff;--lg-alert-border:#eb6f6fff;--lg-option-background:#0f1b2aff;"
            + "--lg-option-border:#7d8998ff;--lg-option-selected:#539fe5ff;"
            + "--lg-option-selected-mark:#000716ff;--lg-dropdown-background:#192534ff;"
            + "--lg-dropdown-border:#5f6b7aff;--lg-dropdown-text:#b6bec9ff;--lg-dropdown-hover:#081120ff;"
            + "--lg-dropdown-hover-border:#5f6b7aff;--lg-dropdown-hover-text:#e9ebedff;"
            + "--lg-dropdown-match:#354150ff;--lg-dropdown-match-text:#89bdeeff;--lg-radius-button:8px;"
            + "--lg-radius-input:8px;--lg-radius-dropdown:8px;--lg-radius-form:8px;--lg-radius-alert:12px;",
    };

    public static readonly PageTheme Classic = Default with
    {
        Classic = new(".submitButton-customizable{width:100%;height:40px;color:#fff;background-color:#337ab7}", null),
        HasGraphics = false,
        HasProviderIcons = false,
    };
}
