import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import { CosineAnnealingLR, OneCycleLR } from "chalk-and-tape/training";
import { numbersOf, type OptimizerName, rigs, slopes, start, throughFiles } from "./optimizer-rig.ts";

describe("optimizers under schedules", () => {
  for (const name of ["SGD", "RMSprop", "Adam", "AdamW", "NAdam", "RAdam", "Adamax"] as const)
    it(`OneCycleLR turns the learning rate and the momentum of ${name} between steps, on both sides alike`, () => {
      const [byHand, onePass] = rigs.map((rig) => {
        const one = rig(name satisfies OptimizerName, {}, start);
        const schedule = new OneCycleLR(one.optimizer, 0.1, { totalSteps: 12 });
        const seen: [lr: unknown, momentum: unknown][] = [];
        for (let step = 1; step <= 10; step++) {
          const [group] = one.optimizer.groups as readonly {
            lr: number;
            momentum?: number;
            betas?: unknown;
          }[];
          seen.push([group?.lr, group?.betas ?? group?.momentum]);
          one.step(slopes(one, step));
          schedule.step();
        }
        return { seen, numbers: numbersOf(one) };
      });
      expect(byHand).to.deep.equal(onePass);
      const momenta = (byHand?.seen ?? []).map(([, momentum]) => JSON.stringify(momentum));
      expect(new Set(momenta).size).to.equal(10);
    });

  it("a network, its optimizer and its schedule go on after an interruption as if there had been none, bit for bit", () => {
    for (const side of [manual, autograd] as const) {
      const rng = random(4);
      const batches = Array.from({ length: 9 }, () => [rng.normal(0, 1, [6, 3]), rng.normal(0, 1, [6, 2])]);
      const build = () => {
        const model = new side.Linear(3, 2, { rng: random(1) });
        const optimizer = new side.NAdam(model.parameters() as never, { lr: 0.05, weightDecay: 0.1 });
        return { model, optimizer, schedule: new CosineAnnealingLR(optimizer, 9) };
      };
      const train = ({ model, optimizer, schedule }: ReturnType<typeof build>, from: number, to: number) => {
        for (const [x, y] of batches.slice(from, to) as [NDArray, NDArray][]) {
          model.zeroGrad();
          if (model instanceof manual.Linear) {
            const loss = new manual.MSELoss();
            loss.forward(model.forward(x), y);
            model.backward(loss.backward());
          } else new autograd.MSELoss().forward(model.forward(new autograd.Tensor(x)), y).backward();
          optimizer.step();
          schedule.step();
        }
        return Object.values(model.stateDict()).map((w) => [...w.flat()]);
      };
      const whole = train(build(), 0, 9);
      const half = build();
      train(half, 0, 5);
      const [weights, state] = [half.model.stateDict(), throughFiles(half.optimizer.stateDict())];
      const scheduled = JSON.parse(JSON.stringify(half.schedule.stateDict()));
      const resumed = build();
      resumed.model.loadStateDict(weights);
      resumed.optimizer.loadStateDict(state);
      resumed.schedule.loadStateDict(scheduled);
      expect(train(resumed, 5, 9)).to.deep.equal(whole);
    }
  });
});
