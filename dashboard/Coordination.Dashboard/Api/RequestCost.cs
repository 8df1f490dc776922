namespace Coordination.Dashboard.Api;

/// <summary>What a route costs: which of a caller's limits a request counts against.</summary>
public enum RequestCost
{
    /// <summary>Little.</summary>
    Ordinary,

    /// <summary>Much: a search of the journal, a proof, an export, a list over all accounts.</summary>
    Expensive,

    /// <summary>It stops something, or lets it go again: no other request of the same caller may keep it out.</summary>
    Stopping,
}

/// <summary>Says what a route costs.</summary>
public static class RequestCosts
{
    /// <summary>The route costs much.</summary>
    public static TBuilder Expensive<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Cost(RequestCost.Expensive));

    /// <summary>The route stops something, or lets it go again.</summary>
    public static TBuilder Stopping<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Cost(RequestCost.Stopping));

    /// <summary>What a request's route costs.</summary>
    public static RequestCost Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Cost>()?.Of ?? RequestCost.Ordinary;

    private sealed record Cost(RequestCost Of);
}
