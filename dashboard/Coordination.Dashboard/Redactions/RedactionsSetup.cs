namespace Coordination.Dashboard.Redactions;

/// <summary>Adds where content is erased by two.</summary>
public static class RedactionsSetup
{
    /// <summary>Adds the desk. The redactions are the storage's, posts are erased by their accounts.</summary>
    public static IHostApplicationBuilder AddRedactions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IRedactionDesk, RedactionDesk>();
        return builder;
    }
}
