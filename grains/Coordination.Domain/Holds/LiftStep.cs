namespace Coordination.Domain.Holds;

/// <summary>What an order to lift a hold comes to, for one person and one hold.</summary>
public enum LiftStep
{
    /// <summary>It is refused, or the hold is lifted already.</summary>
    None,

    /// <summary>It lifts the hold.</summary>
    Lift,

    /// <summary>It asks for the lift; the hold stands until another member of Comms confirms.</summary>
    Ask,

    /// <summary>The person has asked before; another one is needed.</summary>
    Await,

    /// <summary>It confirms what another has asked, and so lifts the hold.</summary>
    Confirm,
}
