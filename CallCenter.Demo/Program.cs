using CallCenter.Demo;

return await DemoProgram.RunAsync(args);
