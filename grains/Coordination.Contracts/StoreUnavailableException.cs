namespace Coordination.Contracts;

/// <summary>The store could not be reached or did not say whether a commit took. Repeat the command with the same operation id.</summary>
[GenerateSerializer, Alias("Coordination.StoreUnavailableException")]
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Makes one with the usual words.</summary>
    public StoreUnavailableException()
        : this("The database does not answer.")
    {
    }

    /// <summary>Makes one.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
