using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Coordination.Dashboard.Components.Review;

/// <summary>What became of some words between two texts.</summary>
public enum DifferenceKind
{
    /// <summary>They are in both.</summary>
    Same,

    /// <summary>They are in the newer one alone.</summary>
    Added,

    /// <summary>They are in the older one alone.</summary>
    Gone,
}

/// <summary>Some words that follow each other.</summary>
/// <param name="Kind">What became of them.</param>
/// <param name="Words">The words, with the spaces between them.</param>
public sealed record DifferencePart(DifferenceKind Kind, string Words);

/// <summary>The difference of two texts, word by word.</summary>
public static class WordDifference
{
    /// <summary>The parts of both texts in order: those that are the same and those that were added give the newer one, those that are the same and those that are gone the older.</summary>
    public static IReadOnlyList<DifferencePart> Of(string old, string @new) =>
    [
        .. new InlineDiffBuilder(new Differ()).BuildDiffModel(old, @new, ignoreWhitespace: false, ignoreCase: false, chunker: new WordChunker()).Lines
            .Select(line => new DifferencePart(
                line.Type switch
                {
                    ChangeType.Inserted => DifferenceKind.Added,
                    ChangeType.Deleted => DifferenceKind.Gone,
                    _ => DifferenceKind.Same,
                },
                line.Text)),
    ];
}
