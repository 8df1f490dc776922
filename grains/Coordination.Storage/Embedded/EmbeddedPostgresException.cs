namespace Coordination.Storage.Embedded;

/// <summary>
/// The private PostgreSQL can't be made, started or stopped. The message is one line for the person at the
/// terminal: what happened, what is safe, what to do.
/// </summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>With the line to show.</summary>
    public EmbeddedPostgresException(string message) : base(message)
    {
    }

    /// <summary>With the line to show and what caused it.</summary>
    public EmbeddedPostgresException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Without detail; present because exceptions are expected to have it.</summary>
    public EmbeddedPostgresException() : base("The embedded PostgreSQL failed.")
    {
    }
}
