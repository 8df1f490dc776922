namespace Coordination.Dashboard.Exports;

/// <summary>Adds what exports the journal.</summary>
public static class ExportsSetup
{
    /// <summary>Adds the desk. The journal is the storage's, the fonts are the proofs'.</summary>
    public static IHostApplicationBuilder AddExports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IExportDesk, ExportDesk>();
        return builder;
    }
}
