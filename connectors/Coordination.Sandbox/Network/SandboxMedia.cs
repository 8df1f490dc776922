namespace Coordination.Sandbox.Network;

/// <summary>One uploaded image; its bytes lie in a file of its own.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Description">What it shows, in words.</param>
/// <param name="Size">In bytes.</param>
internal sealed record SandboxMedia(long Id, string AccountId, string ContentType, string? Description, int Size);
