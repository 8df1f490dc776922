using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;

namespace Coordination.Storage.SignIns;

/// <summary>Reads how accounts' sign-ins stand, and asks for a look.</summary>
public interface ISignInReader
{
    /// <summary>How one account's sign-in stands.</summary>
    Task<SignInStanding> ReadAsync(AccountKey account, CancellationToken cancellationToken);

    /// <summary>The connected accounts whose sign-in does not work, has ended, or ends within <see cref="SignInRules.WarnAhead"/>; the first to end first.</summary>
    Task<IReadOnlyList<SignInStanding>> TroubledAsync(CancellationToken cancellationToken);

    /// <summary>Has an account's sign-in looked at as soon as a silo is free.</summary>
    Task WantAsync(AccountKey account, CancellationToken cancellationToken);
}
