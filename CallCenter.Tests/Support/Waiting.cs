namespace CallCenter.Tests.Support;

/// <summary>Waits for what another process or thread does, as long as a busy machine may need for it.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90), Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="condition">What is waited for.</param>
    /// <param name="what">In words, for who reads the failure.</param>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"It never came true that {what}.");
            await Task.Delay(Pause);
        }
    }
}
