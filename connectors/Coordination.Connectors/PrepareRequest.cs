namespace Coordination.Connectors;

/// <summary>What is to be made ready of one part of a post ahead of its call.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Images">Its images, in order.</param>
/// <param name="Thread">Where it stands in a thread; null for a post of its own and for a thread's first part.</param>
/// <param name="Handles">Where what the platform gives is kept.</param>
public sealed record PrepareRequest(string Text, IReadOnlyList<OutboundImage> Images, ThreadPlace? Thread, IPreparedHandles Handles)
{
    /// <summary>True when what became of an earlier call is not known: then a container that is kept may be used again, and none may be made anew.</summary>
    public bool Again { get; init; }

    /// <summary>Sizes alone: a post's text belongs in no log.</summary>
    public override string ToString() => $"prepare {Text.Length} characters and {Images.Count} images";
}
