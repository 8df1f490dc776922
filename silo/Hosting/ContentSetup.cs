using Coordination.Content;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coordination.Silo.Hosting;

/// <summary>Adds what content checks know of the brigade: the same for whoever writes and for the silo that looks again.</summary>
public static class ContentSetup
{
    /// <summary>Adds it: <c>Content:OwnDomain</c>, <c>:OwnPostcodes</c>, <c>:KnownHosts</c> and <c>:MoreAbusiveWords</c>, each instead of what is built in.</summary>
    public static IHostApplicationBuilder AddContent(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Content");
        var facts = ContentFacts.Default;
        builder.Services.TryAddSingleton(facts with
        {
            OwnDomain = section["OwnDomain"] ?? facts.OwnDomain,
            OwnPostcodes = [.. (Given("OwnPostcodes") ?? facts.OwnPostcodes).Select(p => p.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant())],
            KnownHosts = Lower("KnownHosts") ?? facts.KnownHosts,
            MoreAbusiveWords = Lower("MoreAbusiveWords") ?? facts.MoreAbusiveWords,
        });
        return builder;

        IReadOnlyList<string>? Given(string name) => section.GetSection(name).Get<string[]>();

#pragma warning disable CA1308 // Hosts and words are compared in lower case.
        IReadOnlyList<string>? Lower(string name) => Given(name) is { } given ? [.. given.Select(w => w.Trim().ToLowerInvariant()).Where(w => w.Length > 0)] : null;
#pragma warning restore CA1308
    }
}
