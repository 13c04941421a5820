using System.Text;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Ucm;

/// <summary>Puts an answer on the wire, or what a mishap leaves of it.</summary>
internal static class UcmAnswer
{
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Nonsense = Encoding.ASCII.GetBytes("<html><body>500 nginx</body></html>");

    public static async Task SendAsync(HttpContext context, UcmReply reply, UcmMishap mishap)
    {
        var bytes = reply.ToBytes();
        switch (mishap.Kind)
        {
            case UcmMishapKind.DropRequest or UcmMishapKind.LoseAnswer:
                context.Abort();
                return;
            case UcmMishapKind.CutAnswer:
                await SendHalfAsync(context, bytes);
                return;
            case UcmMishapKind.GarbleAnswer:
                bytes = Nonsense;
                break;
            case UcmMishapKind.DelayAnswer:
                await Task.Delay(mishap.Delay, context.RequestAborted);
                break;
            case UcmMishapKind.Misreport:
                bytes = UcmReply.Failure(mishap.Status).ToBytes();
                break;
        }

        context.Response.StatusCode = reply.HttpStatus;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task SendHalfAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);

        // A reset throws away what the client has not read yet; this lets the first half arrive.
        await Task.Delay(BeforeReset, context.RequestAborted);
        context.Abort();
    }
}
