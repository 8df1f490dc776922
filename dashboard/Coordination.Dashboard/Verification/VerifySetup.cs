using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Verification;

/// <summary>Adds what the page and the API verify with.</summary>
public static class VerifySetup
{
    /// <summary>Adds the desk, and the anchors where they are set. The verifier is the storage's.</summary>
    public static IHostApplicationBuilder AddVerification(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IVerifyDesk, VerifyDesk>();
        builder.Services.AddOptions<AnchorOptions>().BindConfiguration(AnchorOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AnchorOptions>, AnchorOptionsValidator>();
        builder.Services.AddSingleton<AnchorSweep>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AnchorSweep>());
        return builder;
    }
}
