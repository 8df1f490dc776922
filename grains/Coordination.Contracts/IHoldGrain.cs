namespace Coordination.Contracts;

/// <summary>What follows a hold: fan-out to the covered accounts, receipts. Grain key: <c>hold/</c> and the hold's id.</summary>
/// <remarks>It stands in nobody's way: placing and lifting never wait for it.</remarks>
[Alias("Coordination.IHoldGrain")]
public interface IHoldGrain : IGrainWithStringKey
{
    /// <summary>Starts, or goes on, gathering receipts until each covered account has one. Answers at once.</summary>
    [Alias("Drive"), InternalCall]
    Task Drive();
}
