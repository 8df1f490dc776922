using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Guide;

/// <summary>Adds the guide's options.</summary>
public static class GuideSetup
{
    /// <summary>Adds them.</summary>
    public static IHostApplicationBuilder AddGuide(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<GuideOptions>().BindConfiguration(GuideOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GuideOptions>, GuideOptionsValidator>();
        return builder;
    }
}
