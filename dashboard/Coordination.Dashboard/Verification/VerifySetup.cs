namespace Coordination.Dashboard.Verification;

/// <summary>Adds what the page and the API verify with.</summary>
public static class VerifySetup
{
    /// <summary>Adds the desk. The verifier is the storage's.</summary>
    public static IHostApplicationBuilder AddVerification(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IVerifyDesk, VerifyDesk>();
        return builder;
    }
}
