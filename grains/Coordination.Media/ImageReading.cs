namespace Coordination.Media;

/// <summary>What became of a file that somebody gave as an image: one of the two.</summary>
/// <param name="Image">The image.</param>
/// <param name="Refusal">Why it is none, for whoever chose it.</param>
/// <param name="Code">The refusal's code.</param>
public sealed record ImageReading(KeptImage? Image, string? Refusal, string? Code)
{
    internal static ImageReading Refused(string code, string reason) => new(null, reason, code);
}
