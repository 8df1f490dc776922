using Coordination.Dashboard.Register;
using Coordination.Dashboard.Repeats;
using Coordination.Dashboard.Slots;

namespace Coordination.Dashboard.Desks;

/// <summary>Adds the desks.</summary>
public static class DesksSetup
{
    /// <summary>Adds where holds, posts and accounts are asked for, by pages, API and incident rules alike.</summary>
    public static IHostApplicationBuilder AddDesks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HoldFollowUp>();
        builder.Services.AddSingleton<ScopeCheck>();
        builder.Services.AddSingleton<IHoldDesk, HoldDesk>();
        builder.Services.AddSingleton<ISavedScopeDesk, SavedScopeDesk>();
        builder.Services.AddSingleton<ITemplateDesk, TemplateDesk>();
        builder.Services.AddSingleton<IRulesDesk, RulesDesk>();
        builder.Services.AddSingleton<Clashes>();
        builder.Services.AddSingleton<Corrections>();
        builder.Services.AddSingleton<IDraftDesk, DraftDesk>();
        builder.Services.AddSingleton<IMediaDesk, MediaDesk>();
        builder.Services.AddSingleton<IRepeatDesk, RepeatDesk>();
        builder.Services.AddSingleton<ISlotDesk, SlotDesk>();
        builder.Services.AddSingleton<AccountCalls>();
        builder.Services.AddSingleton<IPostDesk, PostDesk>();
        builder.Services.AddSingleton<IPostLifeDesk, PostLifeDesk>();
        builder.Services.AddSingleton<IHandBackDesk, HandBackDesk>();
        builder.Services.AddSingleton<IAccountDesk, AccountDesk>();
        builder.Services.AddSingleton<IRegisterDesk, RegisterDesk>();
        return builder;
    }
}
