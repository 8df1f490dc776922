namespace Coordination.Storage.Migrations;

/// <summary>The database is not, and could not be brought, as the service needs it.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Makes one without words.</summary>
    public MigrationException()
    {
    }

    /// <summary>Makes one.</summary>
    public MigrationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public MigrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
