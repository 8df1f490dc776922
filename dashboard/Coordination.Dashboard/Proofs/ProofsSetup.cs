using Coordination.Storage.Proofs;

namespace Coordination.Dashboard.Proofs;

/// <summary>Adds what takes and checks proofs.</summary>
public static class ProofsSetup
{
    /// <summary>Adds the desk, with the settings of section <c>Proofs</c>.</summary>
    public static IHostApplicationBuilder AddProofs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection(ProofOptions.Section).Get<ProofOptions>() ?? new ProofOptions());
        builder.Services.AddSingleton<ProofFonts>();
        builder.Services.AddSingleton<IHoldFactsReader, HoldFactsReader>();
        builder.Services.AddSingleton<IProofStore, ProofStore>();
        builder.Services.AddSingleton<IProofDesk, ProofDesk>();
        return builder;
    }
}
