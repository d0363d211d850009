using Lifeguard.Operations.Federation;
using Lifeguard.Web.Pages.ManagedLogin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Web.Login;

/// <summary>The addresses of the authorization endpoint, of signing out, and of the pages.</summary>
internal static class LoginRoutes
{
    /// <summary>What <see cref="MapLogin"/> needs.</summary>
    public static IServiceCollection AddLogin(this IServiceCollection services) => services
        .AddSingleton<PageSender>()
        .AddSingleton<PageStyles>()
        .AddSingleton<PageGate>()
        .AddSingleton<LoginGate>()
        .AddSingleton<PageSteps>()
        .AddSingleton<AccountSteps>()
        .AddSingleton<ProviderChoice>()
        .AddSingleton<ProviderRedirect>()
        .AddSingleton<ProviderArrival>()
        .AddSingleton<ProviderResponseEndpoint>()
        .AddSingleton<SamlResponseEndpoint>()
        .AddSingleton<SamlLogoutEndpoint>()
        .AddSingleton<BrowserArrival>()
        .AddSingleton<CodeSteps>()
        .AddSingleton<SignInSteps>()
        .AddSingleton<TotpPages>()
        .AddSingleton<AuthorizeEndpoint>()
        .AddSingleton<SignOutEndpoint>()
        .AddSingleton<SignInPages>()
        .AddSingleton<MfaPages>()
        .AddSingleton<SignUpPages>()
        .AddSingleton<RecoveryPages>()
        .AddSingleton<PasskeyPages>()
        .AddSingleton<PageImageEndpoint>()
        .AddSingleton<EndPages>()
        .AddSingleton<UnknownPage>();

    public static void MapLogin(this IEndpointRouteBuilder routes)
    {
        routes.Page<AuthorizeEndpoint>(AuthorizeEndpoint.Path, static page => page.Handle);
        routes.Page<AuthorizeEndpoint>(AuthorizeEndpoint.ShortPath, static page => page.Handle);
        routes.Page<SignOutEndpoint>(PagePaths.SignOut, static page => page.Handle);
        routes.Page<SignInPages>(PagePaths.SignIn, static page => page.Handle);
        routes.Page<SignUpPages>(PagePaths.SignUp, static page => page.SignUp);
        routes.Page<SignUpPages>(PagePaths.Confirm, static page => page.Confirm);
        routes.Page<SignUpPages>(PagePaths.ResendCode, static page => page.Resend);
        routes.Page<RecoveryPages>(PagePaths.ForgotPassword, static page => page.Forgot);
        routes.Page<RecoveryPages>(PagePaths.ConfirmForgotPassword, static page => page.ConfirmForgot);
        routes.Page<MfaPages>(PagePaths.ChangePassword, static page => page.NewPassword);
        routes.Page<MfaPages>(PagePaths.Mfa, static page => page.Code);
        routes.Page<MfaPages>(PagePaths.ChooseMfa, static page => page.Choose);
        routes.Page<MfaPages>(PagePaths.SetUpMfa, static page => page.SetUp);
        routes.Page<MfaPages>(PagePaths.SetUpSms, static page => page.SetUpPhone);
        routes.Page<MfaPages>(PagePaths.SetUpEmail, static page => page.SetUpEmail);
        routes.Page<MfaPages>(PagePaths.SetUpTotp, static page => page.SetUpTotp);
        routes.Page<PasskeyPages>(PagePaths.AddPasskey, static page => page.Handle);
        routes.Page<ProviderResponseEndpoint>(OAuthFederation.AnswerPath, static page => page.Handle);
        routes.Page<SamlResponseEndpoint>(SamlFederation.AnswerPath, static page => page.Handle);
        routes.Page<SamlLogoutEndpoint>(SamlFederation.LogoutPath, static page => page.Handle);
        routes.Page<EndPages>(PagePaths.Error, static page => page.Error);
        routes.Page<EndPages>(PagePaths.SignedOut, static page => page.SignedOut);
        routes.Read(
            PageImageEndpoint.Path, routes.Handler<PageImageEndpoint>(static images => images.Handle));
    }

    private static void Page<T>(
        this IEndpointRouteBuilder routes, string path, Func<T, RequestDelegate> handle)
        where T : notnull =>
        routes.Map(path, routes.Handler(handle));
}
