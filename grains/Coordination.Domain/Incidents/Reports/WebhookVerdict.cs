namespace Coordination.Domain.Incidents.Reports;

/// <summary>What came of checking a message's signature.</summary>
public enum WebhookVerdict
{
    /// <summary>No secret made any of its signatures, or it bears more than <see cref="WebhookSignature.MaxSignatures"/>.</summary>
    NoMatch,

    /// <summary>One of the secrets made one of its signatures, and its time is near enough.</summary>
    Valid,

    /// <summary>Its id, its timestamp or its signature is not there.</summary>
    MissingHeaders,

    /// <summary>Its id is not 1 to <see cref="WebhookSignature.MaxIdLength"/> visible ASCII characters without a full stop.</summary>
    BadId,

    /// <summary>Its timestamp is no number of seconds.</summary>
    BadTimestamp,

    /// <summary>Its timestamp is longer ago than is tolerated: it may be a message that was taken down and is played again.</summary>
    TooOld,

    /// <summary>Its timestamp is further ahead than is tolerated.</summary>
    TooNew,
}
