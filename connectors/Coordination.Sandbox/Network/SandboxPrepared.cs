namespace Coordination.Sandbox.Network;

/// <summary>What was made ready to be published in a second step.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Text">The text.</param>
/// <param name="ReplyTo">The post that it answers; null when it answers none.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record SandboxContainer(long Id, string AccountId, string Text, long? ReplyTo, DateTimeOffset CreatedAt);

/// <summary>A file that comes in pieces.</summary>
/// <param name="Id">Its id, and the file's.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="TotalBytes">How large it will be.</param>
/// <param name="BegunAt">When it was begun.</param>
internal sealed record SandboxUpload(long Id, string AccountId, string ContentType, int TotalBytes, DateTimeOffset BegunAt);
