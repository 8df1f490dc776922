using Coordination.Domain;
using Coordination.Domain.Platforms;

namespace Coordination.Dashboard.Api;

/// <summary>Reads other words for single platforms.</summary>
internal static class VariantsInput
{
    /// <summary>Reads them. Words that are left empty are the common ones.</summary>
    /// <returns>Null when they could be read.</returns>
    public static Refusal? Read(IReadOnlyDictionary<string, string?>? given, out IReadOnlyDictionary<string, string> variants)
    {
        variants = (given ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            .Where(v => !string.IsNullOrWhiteSpace(v.Value)).ToDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal);
        return variants.Keys.FirstOrDefault(id => !Platform.TryFind(id, out _)) is { } strange
            ? new Refusal("platform-unknown", $"'variants' names '{(strange.Length > 40 ? strange[..40] : strange)}', which is no platform here: {string.Join(", ", Platform.All.Select(p => p.Id))}. Nothing was changed.")
            : null;
    }
}
