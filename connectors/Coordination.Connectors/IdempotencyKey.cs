using System.Globalization;
using System.Runtime.InteropServices;
using Coordination.Domain.Posts;

namespace Coordination.Connectors;

/// <summary>Names one outgoing text for ever: the post and its part. Every attempt of it carries the same key, so that a platform
/// which recognises keys shows it once.</summary>
/// <param name="Post">The post.</param>
/// <param name="Part">The part of a thread, from 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IdempotencyKey(PostId Post, int Part = 0)
{
    /// <summary>The form sent to platforms: the post's id, a dot and the part.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Post}.{Part}");
}
