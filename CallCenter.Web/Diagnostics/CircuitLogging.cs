using CallCenter.Core.Tenancy;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CallCenter.Web.Diagnostics;

/// <summary>Gives the log lines written during a circuit's work the circuit's number, tenant and user.</summary>
internal sealed class CircuitLogging(ScopeContext scope, ILogger<CircuitLogging> logger) : CircuitHandler
{
    private readonly string _correlation = Correlation.New();

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
        {
            using (LogScope.Begin(logger, _correlation, scope))
            {
                await next(context);
            }
        };
}
