using Npgsql;

namespace Coordination.Storage;

/// <summary>The server committed with a warning: it may be lost again. Handled as a broken connection is.</summary>
#pragma warning disable CA1032 // It has one meaning and one text.
public sealed class CommitUnconfirmedException() : NpgsqlException("The server warned while it committed: what was written, or read, may not be on its standby.");
#pragma warning restore CA1032
