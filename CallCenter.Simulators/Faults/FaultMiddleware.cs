using System.Text;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Faults;

/// <summary>Spoils responses as the switch says, whatever the peer behind it speaks.</summary>
internal sealed class FaultMiddleware(FaultSwitch faults, RequestDelegate next)
{
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(100);

    // Neither JSON, CSV, XML nor a WAV header, and not valid UTF-8 either.
    private static readonly byte[] GarbageBody = [0xFF, 0xFE, 0x00, .. Encoding.ASCII.GetBytes("}<%garbage"), 0x80, 0xC3, 0x28];

    public async Task InvokeAsync(HttpContext context)
    {
        faults.CountRequest();
        var settings = faults.Current;
        if (settings.ResponseDelay > TimeSpan.Zero)
        {
            await Task.Delay(settings.ResponseDelay, context.RequestAborted);
        }

        if (settings.Garbage)
        {
            context.Response.ContentType = "text/html";
            context.Response.ContentLength = GarbageBody.Length;
            await context.Response.Body.WriteAsync(GarbageBody, context.RequestAborted);
            return;
        }

        if (!settings.DropHalfWay)
        {
            await next(context);
            return;
        }

        if (context.WebSockets.IsWebSocketRequest)
        {
            context.Abort();
            return;
        }

        await SendHalfAsync(context);
    }

    private async Task SendHalfAsync(HttpContext context)
    {
        var wire = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = wire;
        var bytes = whole.ToArray();

        // At least one byte must be missing, or an empty answer would arrive whole.
        context.Response.ContentLength = Math.Max(bytes.Length, 2);
        await wire.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
        await wire.FlushAsync(context.RequestAborted);

        // A reset throws away what the client has not read yet; this lets the first half arrive.
        await Task.Delay(BeforeReset, context.RequestAborted);
        context.Abort();
    }
}
