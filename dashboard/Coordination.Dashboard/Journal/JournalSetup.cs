namespace Coordination.Dashboard.Journal;

/// <summary>Adds where the journal is looked up.</summary>
public static class JournalSetup
{
    /// <summary>Adds it.</summary>
    public static IHostApplicationBuilder AddJournal(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IJournalDesk, JournalDesk>();
        builder.Services.AddSingleton<WhySo>();
        return builder;
    }
}
