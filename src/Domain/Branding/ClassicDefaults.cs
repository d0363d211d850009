using System.Text.Json;

namespace Lifeguard.Domain.Branding;

/// <summary>How classic pages look as long as nobody customises them: as the service's template has it
/// (inferred), with darker colours where its text would not stand out from its ground by 4.5:1.</summary>
internal static class ClassicDefaults
{
    public const string Css =
        """
        .logo-customizable{max-width:60%;max-height:30%}
        .banner-customizable{padding:25px 0 25px 0;background-color:lightgray}
        .label-customizable{font-weight:400}
        .textDescription-customizable{padding-top:10px;padding-bottom:10px;display:block;font-size:16px}
        .idpDescription-customizable{padding-top:10px;padding-bottom:10px;display:block;font-size:16px}
        .legalText-customizable{color:#6b6b6b;font-size:11px}
        .submitButton-customizable{font-size:14px;font-weight:bold;margin:20px 0 10px 0;height:40px;
          width:100%;color:#fff;background-color:#337ab7}
        .submitButton-customizable:hover{color:#fff;background-color:#286090}
        .errorMessage-customizable{padding:5px;font-size:14px;width:100%;background:#f5f5f5;
          border:2px solid #b3293a;color:#b3293a}
        .inputField-customizable{width:100%;height:34px;color:#555;background-color:#fff;
          border:1px solid #8c8c8c}
        .inputField-customizable:focus{border-color:#1f6fb2}
        .idpButton-customizable{height:40px;width:100%;text-align:center;margin-bottom:15px;
          color:#fff;background-color:#1f7490;border-color:#1a6078}
        .idpButton-customizable:hover{color:#fff;background-color:#185b71}
        .socialButton-customizable{height:40px;text-align:left;width:100%;margin-bottom:15px}
        .redirect-customizable{text-align:center}
        .passwordCheck-notValid-customizable{color:#c42b0c}
        .passwordCheck-valid-customizable{color:#127a00}
        .background-customizable{background-color:#fff}

        """;

    /// <summary>The custom properties of classic pages, as settings of a style.</summary>
    public static readonly JsonElement Settings = StyleSettings.Parse(
        """
        {
          "componentClasses": {
            "buttons": { "borderRadius": 4 },
            "focusState": { "lightMode": { "borderColor": "1f6fb2ff" } },
            "input": {
              "borderRadius": 4,
              "lightMode": { "defaults": { "backgroundColor": "ffffffff", "borderColor": "8c8c8cff" } }
            },
            "inputLabel": { "lightMode": { "textColor": "333333ff" } },
            "link": {
              "lightMode": {
                "defaults": { "textColor": "2a6496ff" },
                "hover": { "textColor": "1d4567ff" }
              }
            }
          },
          "components": {
            "form": { "borderRadius": 4 },
            "idpButton": {
              "standard": {
                "lightMode": {
                  "active": {
                    "backgroundColor": "185b71ff",
                    "borderColor": "1a6078ff",
                    "textColor": "ffffffff"
                  },
                  "defaults": {
                    "backgroundColor": "1f7490ff",
                    "borderColor": "1a6078ff",
                    "textColor": "ffffffff"
                  },
                  "hover": {
                    "backgroundColor": "185b71ff",
                    "borderColor": "1a6078ff",
                    "textColor": "ffffffff"
                  }
                }
              }
            },
            "pageText": {
              "lightMode": {
                "bodyColor": "333333ff",
                "descriptionColor": "333333ff",
                "headingColor": "333333ff"
              }
            },
            "primaryButton": {
              "lightMode": {
                "active": { "backgroundColor": "286090ff", "textColor": "ffffffff" },
                "defaults": { "backgroundColor": "337ab7ff", "textColor": "ffffffff" },
                "hover": { "backgroundColor": "286090ff", "textColor": "ffffffff" }
              }
            }
          }
        }
        """);
}
