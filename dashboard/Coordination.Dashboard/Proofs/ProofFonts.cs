using Coordination.Domain;
using SkiaSharp;

namespace Coordination.Dashboard.Proofs;

/// <summary>Settings of the section <c>Proofs</c>.</summary>
public sealed class ProofOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Proofs";

    /// <summary>A folder with <c>DejaVuSans.ttf</c> and <c>DejaVuSans-Bold.ttf</c>, or Liberation Sans; null looks where the packages put them. Default: null.</summary>
    public string? FontsFolder { get; set; }
}

/// <summary>The faces that a print uses.</summary>
public sealed record ProofFaces(SKTypeface Regular, SKTypeface Bold);

/// <summary>Finds a freely licensed font on the machine; the program brings none.</summary>
public sealed class ProofFonts(ProofOptions options)
{
    private static readonly string[] Usual =
    [
        "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF",
        "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/liberation-sans", "/usr/share/fonts/liberation",
    ];

    private static readonly (string Regular, string Bold)[] Families =
        [("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")];

    private ProofFaces? _found;

    /// <summary>What to say when there is none.</summary>
    public static Refusal Missing { get; } = new(
        "font-missing",
        "This host has no font to print with, so no PDF was made and nothing was recorded. The same proof as JSON can be taken. Who runs the service: install the package fonts-dejavu-core, or name a folder with DejaVu Sans or Liberation Sans in Proofs:FontsFolder.",
        RefusalKind.Conflict);

    /// <summary>Finds the faces; null when there are none. Looks again each time until they are there.</summary>
    public ProofFaces? Find() => _found ??= (options.FontsFolder is { } own ? [own] : Usual).SelectMany(Faces).FirstOrDefault();

    private static IEnumerable<ProofFaces> Faces(string folder)
    {
        foreach (var (regular, bold) in Families)
        {
            if (SKTypeface.FromFile(Path.Combine(folder, regular)) is { } plain && SKTypeface.FromFile(Path.Combine(folder, bold)) is { } heavy)
            {
                yield return new ProofFaces(plain, heavy);
            }
        }
    }
}
